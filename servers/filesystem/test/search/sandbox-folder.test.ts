import { join } from "node:path";
import { expect, test } from "vitest";
import { createSandbox } from "../../src/sandbox/index.ts";
import { findFiles } from "../../src/search/find-files.ts";
import { findText } from "../../src/search/find-text.ts";
import { recentFiles } from "../../src/search/recent-files.ts";
import { sandboxFolder } from "../../src/search/sandbox-folder.ts";
import { readTree } from "../../src/search/tree.ts";
import { makeTree } from "./sample-tree.ts";

const limits = { timeMs: 60_000 };

async function folderIn(root: string, directory = "") {
  const sandbox = await createSandbox([{ path: root }]);
  return sandboxFolder(sandbox, await sandbox.resolve(join(root, directory)));
}

test("FS2: no search says anything about what a link out of the sandbox leads to", async () => {
  const outside = makeTree({ "secret.txt": "secret\n", "d/secret.txt": "secret\n" });
  const root = makeTree({
    "a/f.txt": "open\n",
    toFile: { link: join(outside, "secret.txt") },
    toDirectory: { link: outside },
    "a/in": { link: "f.txt" },
  });
  const folder = await folderIn(root);
  const { found } = await findFiles(folder, { pattern: "**", limit: 100 }, limits);
  expect(found.map(({ path }) => path)).toEqual(["a", "a/f.txt", "a/in"]);
  const text = await findText(folder, { pattern: "secret|open", limit: 100 }, limits);
  expect(text.files.map(({ path }) => path)).toEqual(["a/f.txt"]);
  const { nodes } = await readTree(folder, { maxEntries: 100, sizes: true }, limits);
  expect(nodes.slice(1)).toEqual([
    { name: "toDirectory", type: "file", link: true },
    { name: "toFile", type: "file", link: true },
  ]);
  await expect(
    findFiles(folder, { pattern: "**", start: "toDirectory", limit: 1 }, limits),
  ).rejects.toMatchObject({
    code: "outside",
  });
});

test("searches of a directory of the sandbox give its files, sizes and times", async () => {
  const root = makeTree({
    ".gitignore": "*.log\n",
    "d/.gitignore": "x*\n",
    "d/a.txt": "needle\n",
    "d/b.log": "needle\n",
    "d/x": "needle\n",
  });
  const folder = await folderIn(root);
  const text = await findText(
    folder,
    { pattern: "needle", start: "d", gitignore: true, limit: 9 },
    limits,
  );
  expect(text.files.map(({ path }) => path)).toEqual(["a.txt"]);
  const { nodes } = await readTree(
    await folderIn(root, "d"),
    { maxEntries: 9, sizes: true },
    limits,
  );
  expect(nodes.map(({ name, size }) => `${name} ${size}`)).toEqual([
    ".gitignore 3",
    "a.txt 7",
    "b.log 7",
    "x 7",
  ]);
  const recent = await recentFiles(folder, "d", 9, limits);
  expect(recent.files.map(({ path }) => path).sort()).toEqual([".gitignore", "a.txt"]);
});

test("a file larger than one read is searched to its end", async () => {
  const root = makeTree({ "big.txt": `${"line\n".repeat(200_000)}needle\n` });
  const { files } = await findText(await folderIn(root), { pattern: "needle", limit: 9 }, limits);
  expect(files[0]?.lines).toEqual([{ line: 200_001, text: "needle", column: 1 }]);
});
