import { describe, expect, test } from "vitest";
import { type FileQuery, findFiles } from "../../src/search/find-files.ts";
import { folderKinds, localFolder } from "./disk-folder.ts";
import { makeTree } from "./sample-tree.ts";

const limits = { timeMs: 60_000 };

describe.each(folderKinds)("a search by name in a %s folder", (_kind, folderAt) => {
  test("FS2: finds links that lead inside and keeps still about the others", async () => {
    const root = makeTree({
      "d/f": "",
      in: { link: "d" },
      out: { link: "/etc" },
      gone: { link: "nowhere" },
    });
    const { found } = await findFiles(folderAt(root), { pattern: "**", limit: 10 }, limits);
    expect(found).toEqual([
      { path: "d", type: "directory" },
      { path: "d/f", type: "file" },
      { path: "in", type: "link" },
    ]);
  });
});

test("a search that reached its limit goes on to the very same end", async () => {
  const layout = Object.fromEntries(
    Array.from({ length: 23 }, (_, i) => [`d${i % 4}/f${i}.ts`, ""]),
  );
  const folder = localFolder(makeTree({ ...layout, "d1/other.md": "" }));
  const search = (query: Partial<FileQuery>) =>
    findFiles(folder, { pattern: "**/*.ts", limit: 5, ...query }, limits);
  const whole = await search({ limit: 100 });
  const pages: string[] = [];
  let page = await search({});
  for (let count = 1; ; count++) {
    pages.push(...page.found.map(({ path }) => path));
    if (page.stopped === undefined) {
      expect(count).toBe(5);
      break;
    }
    expect(page.stopped.reason).toBe("limit");
    page = await search({ from: page.stopped.next });
  }
  expect(pages).toEqual(whole.found.map(({ path }) => path));
});

test("a search with exactly as many hits as its limit is complete", async () => {
  const folder = localFolder(makeTree({ a: "", b: "" }));
  const result = await findFiles(folder, { pattern: "*", limit: 2 }, limits);
  expect(result.stopped).toBeUndefined();
});

test("F1: the measured bombs answer at once, over a real directory", async () => {
  const folder = localFolder(makeTree({ ["a".repeat(40)]: "" }));
  const search = (pattern: string) => findFiles(folder, { pattern, limit: 10 }, limits);
  expect((await search(`${"*a".repeat(10)}*c`)).found).toEqual([]);
  expect((await search("+(+(a|aa))c")).found).toEqual([]);
  await expect(search("{a,b}".repeat(20))).rejects.toThrow("more than 1000 patterns");
});

test("a bad limit is refused", async () => {
  const folder = localFolder(makeTree({}));
  await expect(findFiles(folder, { pattern: "*", limit: 0 }, limits)).rejects.toThrow(
    "limit must be a whole number, 1 or more.",
  );
});
