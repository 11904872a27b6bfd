import { utimesSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Folder } from "../../src/search/folder.ts";
import { recentFiles } from "../../src/search/recent-files.ts";
import { formatTree, readTree } from "../../src/search/tree.ts";
import { distantFolder, localFolder } from "./disk-folder.ts";
import { makeTree } from "./sample-tree.ts";

const limits = { timeMs: 60_000 };

test("a tree shows sizes when asked, marks links, and says what lies deeper", async () => {
  const root = makeTree({ "a/b/c": "", f: "12345", l: { link: "f" } });
  for (const folder of [localFolder(root), distantFolder(root)]) {
    const { nodes, entries } = await readTree(
      folder,
      { maxDepth: 2, maxEntries: 9, sizes: true },
      limits,
    );
    expect(nodes).toEqual([
      {
        name: "a",
        type: "directory",
        children: [{ name: "b", type: "directory", children: [], deeper: true }],
      },
      { name: "f", type: "file", size: 5 },
      { name: "l", type: "file", link: true },
    ]);
    expect(entries).toBe(4);
  }
});

test("a tree that reached its limit goes on below the same directories", async () => {
  const folder = localFolder(makeTree({ "a/b/1": "", "a/b/2": "", "a/b/3": "", z: "" }));
  const first = await readTree(folder, { maxEntries: 4 }, limits);
  expect(first.stopped).toEqual({ reason: "limit", next: "a/b/3" });
  const rest = await readTree(folder, { maxEntries: 4, from: first.stopped?.next }, limits);
  expect(rest.stopped).toBeUndefined();
  expect(rest.nodes).toEqual([
    {
      name: "a",
      type: "directory",
      children: [{ name: "b", type: "directory", children: [{ name: "3", type: "file" }] }],
    },
    { name: "z", type: "file" },
  ]);
});

test("a tree honours .gitignore when asked", async () => {
  const folder = localFolder(makeTree({ ".gitignore": "out\n", "out/x": "", a: "" }));
  const { nodes } = await readTree(folder, { maxEntries: 9, gitignore: true }, limits);
  expect(nodes.map(({ name }) => name)).toEqual([".gitignore", "a"]);
});

test("FS8: a tree of ten thousand levels is shown 200 levels deep and can be formatted", async () => {
  const endless: Folder = {
    ...localFolder("/"),
    list: () => ({ entries: [{ name: "d", type: "directory" }], more: false }),
  };
  const { nodes, entries } = await readTree(
    endless,
    { maxEntries: 20_000, maxDepth: 10_000 },
    limits,
  );
  expect(entries).toBe(200);
  expect(formatTree(nodes)).toContain('"deeper": true');
});

test("the files changed last come first, without what is ignored", async () => {
  const root = makeTree({
    ".gitignore": "*.log\n",
    "old.txt": "",
    "src/new.ts": "",
    "src/newer.ts": "",
    "x.log": "",
    "node_modules/p/newest.js": "",
    ".git/newest": "",
  });
  const times = {
    ".gitignore": 1,
    "old.txt": 2,
    "src/new.ts": 3,
    "src/newer.ts": 4,
    "x.log": 9,
    "node_modules/p/newest.js": 9,
    ".git/newest": 9,
  };
  for (const [path, time] of Object.entries(times)) utimesSync(join(root, path), time, time);
  for (const folder of [localFolder(root), distantFolder(root)]) {
    expect(await recentFiles(folder, "", 3, limits)).toEqual({
      files: [
        { path: "src/newer.ts", modified: 4000 },
        { path: "src/new.ts", modified: 3000 },
        { path: "old.txt", modified: 2000 },
      ],
      complete: true,
    });
  }
});
