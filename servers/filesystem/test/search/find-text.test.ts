import { truncateSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FoundText, findText, type TextQuery } from "../../src/search/find-text.ts";
import type { Folder } from "../../src/search/folder.ts";
import { folderKinds, localFolder } from "./disk-folder.ts";
import { makeTree } from "./sample-tree.ts";

const limits = { timeMs: 60_000 };
const search = (folder: Folder, query: Partial<TextQuery> & { pattern: string }) =>
  findText(folder, { limit: 1000, ...query }, limits);
const shown = (result: FoundText) =>
  result.files.flatMap(({ path, lines }) =>
    lines.map(({ line, column, text }) => `${path}:${line}:${column ?? "-"}:${text}`),
  );

describe.each(folderKinds)("a search for text in a %s folder", (_kind, folderAt) => {
  test("finds regular expressions and plain text, in any case when asked", async () => {
    const folder = folderAt(makeTree({ "a.ts": "one\nTwo 22\r\nthree(3)\n", "d/b.md": "two\n" }));
    expect(shown(await search(folder, { pattern: "[a-z]+ ?\\d+$" }))).toEqual(["a.ts:2:2:Two 22"]);
    expect(shown(await search(folder, { pattern: "e(3)", literal: true }))).toEqual([
      "a.ts:3:5:three(3)",
    ]);
    expect(shown(await search(folder, { pattern: "TWO", ignoreCase: true }))).toEqual([
      "a.ts:2:1:Two 22",
      "d/b.md:1:1:two",
    ]);
    expect(
      shown(await search(folder, { pattern: "TWO", literal: true, ignoreCase: true })),
    ).toHaveLength(2);
    expect(shown(await search(folder, { pattern: "two", literal: true }))).toEqual([
      "d/b.md:1:1:two",
    ]);
    expect(shown(await search(folder, { pattern: "\\A\\w+\\z" }))).toEqual([
      "a.ts:1:1:one",
      "d/b.md:1:1:two",
    ]);
  });

  test("searches the files included and not excluded nor ignored, and follows no link", async () => {
    const folder = folderAt(
      makeTree({
        ".gitignore": "*.log\n",
        "x.log": "hit",
        "a.ts": "hit",
        "b.md": "hit",
        "src/c.ts": "hit",
        "src/gen/d.ts": "hit",
        "dist/e.ts": "hit",
        link: { link: "a.ts" },
      }),
    );
    const paths = async (query: Partial<TextQuery>) =>
      (await search(folder, { pattern: "hit", ...query })).files.map(({ path }) => path);
    expect(await paths({ include: ["*.ts"], exclude: ["dist/"] })).toEqual([
      "a.ts",
      "src/c.ts",
      "src/gen/d.ts",
    ]);
    expect(await paths({ include: ["src/*.ts"] })).toEqual(["src/c.ts"]);
    expect(await paths({ exclude: ["src", "dist"], gitignore: true })).toEqual(["a.ts", "b.md"]);
    expect(await paths({ start: "src", include: ["gen/*"] })).toEqual(["gen/d.ts"]);
    expect(await paths({ include: ["*.log"] })).toEqual(["x.log"]);
  });

  test("shows lines around matches once, in order", async () => {
    const folder = folderAt(makeTree({ f: "1\n2\nhit a\n4\nhit b\n6\n7\n8\n9\nhit c\n" }));
    expect(shown(await search(folder, { pattern: "hit", before: 1, after: 2 }))).toEqual([
      "f:2:-:2",
      "f:3:1:hit a",
      "f:4:-:4",
      "f:5:1:hit b",
      "f:6:-:6",
      "f:7:-:7",
      "f:9:-:9",
      "f:10:1:hit c",
    ]);
  });

  test("stopped at its limit it goes on with the next match, wherever that is", async () => {
    const layout = Object.fromEntries(
      Array.from({ length: 100 }, (_, i) => [`f${i + 100}`, "no\nhit 1\nhit 2\n".repeat(i % 4)]),
    );
    const folder = folderAt(makeTree(layout));
    const whole = shown(await search(folder, { pattern: "hit" }));
    for (const limit of [1, 7, 50]) {
      const pages: string[] = [];
      let page = await search(folder, { pattern: "hit", limit, after: 1 });
      for (;;) {
        expect(page.matches).toBeLessThanOrEqual(limit);
        pages.push(...shown(page).filter((line) => !line.includes(":-:")));
        if (page.stopped === undefined) break;
        page = await search(folder, { pattern: "hit", limit, after: 1, from: page.stopped.next });
      }
      expect(pages).toEqual(whole);
    }
  });
});

test("F7: UTF-16 files are searched, and binary ones are not", async () => {
  const text = "first\nzwölf hit\n";
  const le = Buffer.from(`\uFEFF${text}`, "utf16le");
  const folder = localFolder(
    makeTree({ le, be: Buffer.from(le).swap16(), bin: Buffer.from("hit\0hit\n") }),
  );
  const result = await search(folder, { pattern: "hit", literal: true });
  expect(shown(result)).toEqual(["be:2:7:zwölf hit", "le:2:7:zwölf hit"]);
  expect([result.filesSearched, result.filesSkipped]).toEqual([2, 1]);
  const first = await search(folder, { pattern: "f", limit: 1 });
  const second = await search(folder, { pattern: "f", limit: 1, from: first.stopped?.next });
  expect(shown(second)).toEqual(["be:2:5:zwölf hit"]);
});

test("finds in files of many pieces exactly what splitting them into lines finds", async () => {
  const word = fc.constantFrom("needle", "é", "hay ", "stack", "\u{1F600}", "x".repeat(3000));
  const line = fc.array(word, { maxLength: 6 }).map((words) => words.join(""));
  const ending = fc.constantFrom("\n", "\r\n");
  const file = fc.array(
    fc.tuple(line, ending).map((parts) => parts.join("")),
    { minLength: 50, maxLength: 200 },
  );
  await fc.assert(
    fc.asyncProperty(
      file,
      fc.constantFrom("needle", "(needle|é)h", "stack$", "^needle"),
      async (lines, pattern) => {
        const expected = lines.flatMap((one, i) =>
          new RegExp(pattern).test(one.trimEnd()) ? [i + 1] : [],
        );
        const folder = memoryFile(Buffer.from(lines.join("")));
        const result = await search(folder, { pattern });
        expect(result.files.flatMap((found) => found.lines.map((one) => one.line))).toEqual(
          expected,
        );
      },
    ),
    { seed: 51, numRuns: 60 },
  );
});

test("FS8: a line of two megabytes is searched whole and shown in part", async () => {
  const folder = localFolder(
    makeTree({ min: `${"é".repeat(1_000_000)}needle${"x".repeat(1_000_000)}\nneedle\n` }),
  );
  for (const query of [{ pattern: "needle", literal: true }, { pattern: "ne+dle" }]) {
    const { files } = await search(folder, query);
    const [long, short] = files[0]!.lines;
    expect(long).toMatchObject({ line: 1, column: 1_000_001 });
    expect(long!.text.length).toBeLessThan(600);
    expect(long!.text).toContain("needle");
    expect(short).toEqual({ line: 2, column: 1, text: "needle" });
  }
});

test("FS8: a sparse file of a terabyte is binary, and a huge text file stops at the byte budget and goes on", async () => {
  const root = makeTree({
    sparse: "",
    "text.txt": `${`${"x".repeat(99)}\n`.repeat(20_000)}needle\n`,
  });
  truncateSync(join(root, "sparse"), 2 ** 40);
  const folder = localFolder(root);
  const query = { pattern: "needle", limit: 10 };
  let page = await findText(folder, query, { timeMs: 60_000, bytes: 1_000_000 });
  expect(page.stopped?.reason).toBe("bytes");
  expect(page.filesSkipped).toBe(1);
  for (let count = 0; page.stopped !== undefined && count < 10; count++) {
    page = await findText(
      folder,
      { ...query, from: page.stopped.next },
      { timeMs: 60_000, bytes: 1_000_000 },
    );
  }
  expect(shown(page)).toEqual(["text.txt:20001:1:needle"]);
});

test.each([
  "(a+)+$",
  "(a|aa)+$",
  "(.*a){12}",
  "(a?){25}a{25}",
  "([a-z]+)*!",
  "(x+x+)+y",
  "^(([a-z])+.)+[A-Z]([a-z])+$",
  "((a{1,10}){1,10}){1,10}b?c",
  "[ab]*a[ab]{200}c",
])("FS7: %s ends within its time", async (pattern) => {
  const bait = `c!y${"a".repeat(300_000)}\n`;
  const folder = localFolder(
    makeTree(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`f${i}`, bait]))),
  );
  const { stopped } = await findText(folder, { pattern, limit: 10 }, { timeMs: 300 });
  expect(["time", "limit", "end"]).toContain(stopped?.reason ?? "end");
});

test("an aborted search throws the reason, even in the middle of a file", async () => {
  const controller = new AbortController();
  const folder = memoryFile(Buffer.from("x\n".repeat(1_000_000)), () => controller.abort("enough"));
  await expect(
    findText(folder, { pattern: "y", limit: 1 }, { timeMs: 60_000, signal: controller.signal }),
  ).rejects.toBe("enough");
});

test.each([
  ["(?=a)b", "Look-around is not supported"],
  ["(a)\\1", "References back to a group are not supported"],
  ["(a", "missing closing )"],
  ["a{1001}", "invalid repeat count"],
  ["x".repeat(1001), "more than 1000 characters"],
  ["", "The pattern is empty"],
])("the pattern %.20s is refused in one sentence", async (pattern, message) => {
  await expect(search(memoryFile(Buffer.from("a")), { pattern })).rejects.toThrow(message);
});

test("a literal of two lines is refused, as the search goes line by line", async () => {
  await expect(
    search(memoryFile(Buffer.from("a")), { pattern: "a\nb", literal: true }),
  ).rejects.toThrow("The search goes line by line");
});

/** A folder of one file, which is read in pieces of odd lengths. */
function memoryFile(content: Buffer, onRead: () => void = () => undefined): Folder {
  return {
    list: () => ({ entries: [{ name: "f", type: "file" }], more: false }),
    stat: () => ({ size: content.length, modified: 0 }),
    leadsInside: () => false,
    open: () => ({
      size: content.length,
      read(into, position) {
        onRead();
        return content.copy(into, 0, position, position + Math.min(into.length, 77_777));
      },
      close: () => undefined,
    }),
  };
}
