import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(new URL(path, import.meta.url), "utf8");
const readme = read("../../../packages/core/README.md");
const { optionalDependencies } = JSON.parse(read("../../package.json")) as {
  optionalDependencies: Record<string, string>;
};

test.each([
  ["Bun", "@oven/bun-"],
  ["Deno", "@deno/"],
  ["workerd", "@cloudflare/workerd-"],
])(
  "the README names the version of %s that is tested, the same on every platform",
  (name, prefix) => {
    const packages = Object.entries(optionalDependencies).filter(([id]) => id.startsWith(prefix));
    const [version, ...others] = new Set(packages.map(([, pinned]) => pinned));
    expect(others).toEqual([]);
    expect(readme).toMatch(new RegExp(`^\\| ${name} ${version}[ ,]`, "m"));
  },
);
