import { globSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "..");
const repository = "https://github.com/portico-mcp/portico";

const published = globSync(["packages/*/package.json", "servers/*/package.json"], { cwd: root })
  .sort()
  .map((path) => ({
    folder: dirname(path).replaceAll("\\", "/"),
    manifest: JSON.parse(readFileSync(join(root, path), "utf8")),
  }));

test.each(published)("$folder says where its source, its page and its issues are", (one) => {
  const { homepage, bugs, repository: source } = one.manifest;
  expect({ homepage, bugs, source }).toEqual({
    homepage: `${repository}/tree/main/${one.folder}#readme`,
    bugs: `${repository}/issues`,
    source: { type: "git", url: `git+${repository}.git`, directory: one.folder },
  });
});
