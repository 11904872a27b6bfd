import { readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { build } from "esbuild";
import { expect, test } from "vitest";

const manifest = new URL("../../node_modules/@portico/core/package.json", import.meta.url);

/** The one entry that is for Node; a library an entry needs is its user's to choose, and is not looked into. */
const FOR_NODE = ["./node"];

const { exports, peerDependencies } = JSON.parse(readFileSync(manifest, "utf8")) as {
  exports: Record<string, { default: string }>;
  peerDependencies: Record<string, string>;
};
const peers = Object.keys(peerDependencies);
const portable = Object.keys(exports).filter((entry) => !FOR_NODE.includes(entry));

/** The modules of Node that the built entry imports, itself or through others, lazily or not. */
async function builtinsOf(entry: string): Promise<string[]> {
  const { metafile } = await build({
    stdin: {
      contents: `export * from "@portico/core${entry.slice(1)}"`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "neutral",
    external: [...peers, ...builtinModules, "node:*"],
    logLevel: "silent",
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  const outside = imports.filter(({ external, path }) => external && !peers.includes(path));
  return [...new Set(outside.map(({ path }) => path))].sort();
}

test.each(portable)(
  "the built entry %s, and what it depends on, imports no module of Node",
  async (entry) => {
    expect(await builtinsOf(entry)).toEqual([]);
  },
);

test("the walk notices modules of Node", async () => {
  expect(await builtinsOf("./node")).not.toEqual([]);
});
