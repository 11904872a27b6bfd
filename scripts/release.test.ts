import { globSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ScratchCheckout, scratchCheckout } from "./scratch-checkout.ts";

// What `pnpm version-packages` makes of a change in core alone. That everything can be published, and started with
// npx, is in interop/npx.test.ts.

let checkout: ScratchCheckout;
let folders: string[];
let before: string;

beforeAll(() => {
  checkout = scratchCheckout();
  const { dir } = checkout;
  const manifests = globSync("{packages,servers}/*/package.json", { cwd: dir });
  folders = manifests.map((path) => dirname(path).replaceAll("\\", "/")).sort();
  before = read("packages/core/package.json").version;
  for (const file of globSync(".changeset/*.md", { cwd: dir })) rmSync(join(dir, file));
  const changeset = '---\n"@portico/core": minor\n---\n\nBoats may be painted.\n';
  writeFileSync(join(dir, ".changeset/boats.md"), changeset);
  checkout.run(read("package.json").scripts["version-packages"]);
});

afterAll(() => checkout?.remove());

function read(path: string) {
  return JSON.parse(readFileSync(join(checkout.dir, path), "utf8"));
}

test("all published packages get the same next version, servers too, since they carry core inside", () => {
  const [major, minor] = before.split(".").map(Number) as [number, number];
  const versions = folders.map((folder) => [folder, read(`${folder}/package.json`).version]);
  expect(versions).toEqual(folders.map((folder) => [folder, `${major}.${minor + 1}.0`]));
});

test("the changelog of what changed says what, and every other one has the version", () => {
  const { version } = read("packages/core/package.json");
  const changelog = (folder: string) =>
    readFileSync(join(checkout.dir, folder, "CHANGELOG.md"), "utf8");
  expect(changelog("packages/core")).toMatch(
    /^# @portico\/core\n\n## [\d.]+\n\n### Minor Changes\n\n- .*Boats may be painted\.\n/,
  );
  for (const folder of folders) expect(changelog(folder)).toContain(`\n## ${version}\n`);
});

test("every package takes its changelog along", { timeout: 60_000 }, () => {
  for (const folder of folders) {
    expect([folder, read(`${folder}/package.json`).files]).toEqual([
      folder,
      expect.arrayContaining(["CHANGELOG.md"]),
    ]);
  }
  const [packed] = JSON.parse(checkout.run("cd packages/core && npm pack --dry-run --json"));
  const paths = packed.files.map(({ path }: { readonly path: string }) => path);
  expect(paths).toContain("CHANGELOG.md");
});

test("the registry entries of the servers name the new version", () => {
  for (const folder of folders.filter((path) => path.startsWith("servers/"))) {
    const { version } = read(`${folder}/package.json`);
    const entry = read(`${folder}/server.json`);
    expect([folder, entry.version, entry.packages[0].version]).toEqual([folder, version, version]);
  }
});

test("what is not published keeps its version, and no change is announced twice", () => {
  expect(read("interop/package.json").version).toBe("0.0.0");
  expect(globSync(".changeset/*.md", { cwd: checkout.dir })).toEqual([]);
});
