import fs from "node:fs";
import path from "node:path";
import { REVISIONS } from "@portico/core";
import { call, refusal, scratch, structured } from "@portico/testing-servers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientOn } from "./support/servers.ts";

describe.each(REVISIONS)("reading with revision %s", (revision) => {
  const on = (dir: string) => clientOn([dir], { revision });

  test("a whole file comes with its hash, which a write accepts", async () => {
    const dir = scratch({ "a.txt": "one\n" });
    const client = await on(dir);
    const result = await client.callTool("read_text_file", { path: "a.txt" });
    expect(result.content).toEqual([{ type: "text", text: "one\n" }]);
    const hash = "2c8b08da5ce60398e1f19af0e5dccc744df274b826abe585eaba68c525434806";
    await call(client, "write_file", { path: "a.txt", content: "two\n", expectedHash: hash });
    expect(
      await refusal(client, "write_file", { path: "a.txt", content: "3", expectedHash: hash }),
    ).toMatch(/changed/);
    expect(fs.readFileSync(path.join(dir, "a.txt"), "utf8")).toBe("two\n");
  });

  test("a range of lines is exactly those lines", async () => {
    const client = await on(scratch({ "a.txt": "1\n2\n3\n4\n" }));
    expect(await call(client, "read_text_file", { path: "a.txt", startLine: 2, endLine: 3 })).toBe(
      "2\n3",
    );
    expect(await call(client, "read_text_file", { path: "a.txt", startLine: 4 })).toBe("4");
    expect(
      await refusal(client, "read_text_file", { path: "a.txt", startLine: 3, endLine: 2 }),
    ).toBe("endLine 2 comes before startLine 3.");
    expect(await refusal(client, "read_text_file", { path: "a.txt", head: 1, startLine: 2 })).toBe(
      "Use only one of head, tail, and startLine/endLine.",
    );
  });

  test("lines beyond the end are none, and the answer says where the end is", async () => {
    const client = await on(scratch({ "a.txt": "1\n2\n" }));
    const { content } = await client.callTool("read_text_file", { path: "a.txt", startLine: 9 });
    expect(content).toEqual([
      { type: "text", text: "" },
      { type: "text", text: "The file has 2 lines and none there." },
    ]);
  });

  test("several files come in their order, and one that fails stops no other", async () => {
    const client = await on(scratch({ a: "A", b: "B" }));
    expect(await call(client, "read_multiple_files", { paths: ["b", "nope", "a"] })).toMatch(
      /^b:\nB\n\n---\nnope: Error - .*does not exist.*\n---\na:\nA\n$/,
    );
  });

  test("matching lines are found with their place and context", async () => {
    const dir = scratch({ "src/a.ts": "x\nneedle 1\ny\n", "b.md": "needle 2\n" });
    const client = await on(dir);
    const found = await call(client, "search_file_contents", {
      path: dir,
      pattern: "needle \\d",
      before: 1,
      after: 1,
    });
    expect(found).toBe(
      [`${dir}/b.md:1:needle 2`, "--", `${dir}/src/a.ts-1-x`, `${dir}/src/a.ts:2:needle 1`]
        .concat(`${dir}/src/a.ts-3-y`)
        .join("\n"),
    );
  });
});

describe("long answers", () => {
  test("a text that does not fit is read to its end by following nextLine", async () => {
    const lines = Array.from({ length: 30_000 }, (_, at) => `line ${at} ${"x".repeat(at % 40)}`);
    const dir = scratch({ "long.txt": `${lines.join("\n")}\n` });
    const client = await clientOn([dir]);
    const parts: string[] = [];
    for (let startLine: number | undefined = 1; startLine !== undefined; ) {
      const part = await structured(client, "read_text_file", { path: "long.txt", startLine });
      parts.push(part.content as string);
      expect(Buffer.byteLength(part.content as string)).toBeLessThanOrEqual(400_000);
      startLine = part.nextLine as number | undefined;
    }
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.join("\n")).toBe(lines.join("\n"));
  });

  test.each([
    ["list_directory", {}, (line: string) => line.replace("[FILE] ", "")],
    ["search_files", { pattern: "**" }, (line: string) => path.basename(line)],
  ])("%s gives every name by following next", async (tool, args, nameOf) => {
    const names = Array.from({ length: 6_000 }, (_, at) => `file-${String(at).padStart(5, "0")}`);
    const dir = scratch(Object.fromEntries(names.map((name) => [name, ""])));
    const client = await clientOn([dir]);
    const found: string[] = [];
    for (let after: string | undefined, first = true; first || after !== undefined; first = false) {
      const page = await structured(client, tool, { path: dir, ...args, ...(after && { after }) });
      found.push(...(page.content as string).split("\n").map(nameOf));
      after = page.next as string | undefined;
    }
    expect(found).toEqual(names);
  });

  test("a tree cut anywhere goes on where it stopped", async () => {
    const dir = scratch({ "a/b/c": "", "a/b/d": "", "a/e": "", "f/g": "", h: "" });
    const client = await clientOn([dir]);
    const whole = leaves(JSON.parse(await call(client, "directory_tree", { path: dir })));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), async (maxEntries) => {
        const found = new Set<string>();
        for (let after: string | undefined, first = true; first || after; first = false) {
          const args = { path: dir, maxEntries, ...(after && { after }) };
          const page = await structured(client, "directory_tree", args);
          for (const leaf of leaves(JSON.parse(page.content as string))) found.add(leaf);
          after = page.next as string | undefined;
        }
        expect([...found]).toEqual(whole);
      }),
      { seed: 5, numRuns: 9 },
    );
  });

  test("names as long as they may be do not make a listing longer than an answer", async () => {
    const dir = scratch();
    for (let at = 0; at < 5_000; at++) {
      fs.writeFileSync(path.join(dir, `${String(at).padStart(6, "0")}${"\u200b".repeat(83)}`), "");
    }
    const client = await clientOn([dir]);
    const page = await structured(client, "list_directory", { path: dir });
    expect(Buffer.byteLength(page.content as string)).toBeLessThanOrEqual(2_000_000);
    expect(page.next).toMatch(/^00\d{4}/);
  });

  test("matches with much context are given in parts that lose none", async () => {
    const text = Array.from({ length: 900 }, (_, at) => `match ${at} ${"y".repeat(480)}`);
    const client = await clientOn([scratch({ "a.txt": text.join("\n") })]);
    const found: number[] = [];
    for (let cursor: string | undefined, first = true; first || cursor; first = false) {
      const args = { path: ".", pattern: "match", limit: 5_000, ...(cursor && { cursor }) };
      const page = await structured(client, "search_file_contents", args);
      expect(Buffer.byteLength(page.content as string)).toBeLessThanOrEqual(400_000);
      for (const [, at] of (page.content as string).matchAll(/:match (\d+)/g))
        found.push(Number(at));
      cursor = page.next as string | undefined;
    }
    expect(found).toEqual(text.map((_, at) => at));
  });

  test("many files are read as far as they fit, and the rest is named", async () => {
    const dir = scratch({ a: "a".repeat(300_000), b: "b".repeat(300_000), c: "c" });
    const client = await clientOn([dir]);
    const { content, omitted } = await structured(client, "read_multiple_files", {
      paths: ["a", "b", "c"],
    });
    expect(Buffer.byteLength(content as string)).toBeLessThan(410_000);
    expect(omitted).toEqual(["c"]);
  });
});

describe("searching", () => {
  test("one file is searched when the path is a file", async () => {
    const dir = scratch({ "a.txt": "yes\nno\n", "b.txt": "yes\n" });
    const client = await clientOn([dir]);
    const found = await call(client, "search_file_contents", { path: "a.txt", pattern: "yes" });
    expect(found).toBe(`${dir}/a.txt:1:yes`);
  });

  test("what .gitignore names is left out unless told otherwise", async () => {
    const dir = scratch({ ".gitignore": "out/\n", "out/a.txt": "needle", "b.txt": "needle" });
    const client = await clientOn([dir]);
    const search = (args: object) =>
      call(client, "search_file_contents", { path: dir, pattern: "needle", ...args });
    expect(await search({})).toBe(`${dir}/b.txt:1:needle`);
    expect((await search({ gitignore: false })).split("\n--\n")).toHaveLength(2);
    expect(await call(client, "search_files", { path: dir, pattern: "**/*.txt" })).toBe(
      `${dir}/b.txt\n${dir}/out/a.txt`,
    );
  });

  test.each([
    "",
    "{}",
    "null",
    '{"path":"a","offset":-1,"line":1}',
    '{"path":"a","offset":0.5,"line":1}',
  ])("the made-up cursor %j is refused", async (cursor) => {
    const client = await clientOn([scratch()]);
    const args = { path: ".", pattern: "x", cursor };
    expect(await refusal(client, "search_file_contents", args)).toMatch(
      /not from an earlier answer/,
    );
  });
});

interface Node {
  readonly name: string;
  readonly children?: readonly Node[];
}

function leaves(nodes: readonly Node[], above = ""): string[] {
  return nodes.flatMap(({ name, children }) =>
    children ? leaves(children, `${above}${name}/`) : [above + name],
  );
}
