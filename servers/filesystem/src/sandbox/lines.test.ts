import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSandbox, type Sandbox } from "./sandbox.ts";
import type { LineRange } from "./types.ts";

let root: string;
let sandbox: Sandbox;

beforeAll(async () => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "portico-lines-"));
  sandbox = await createSandbox([{ path: root }]);
});

afterAll(() => fs.rmSync(root, { recursive: true }));

async function read(content: string | Buffer, range: LineRange, options = {}) {
  fs.writeFileSync(path.join(root, "file"), content);
  return sandbox.readLines(await sandbox.resolve("file"), range, options);
}

/** What the lines of a text are, said in the simplest way. */
function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

// Long lines make the file pass the borders of the pieces it is read in.
const line = fc.oneof(
  fc.constantFrom("", "a", "héllo", "\r", "x".repeat(70_000)),
  fc.string({ maxLength: 20 }).map((text) => text.replaceAll("\n", "")),
);
const text = fc
  .tuple(fc.array(line, { maxLength: 30 }), fc.boolean())
  .map(([lines, ended]) => lines.join("\n") + (ended ? "\n" : ""));

describe("reading lines", () => {
  it("gives the last real line of a file that ends in a line end (F6)", async () => {
    const { bytes, count, more } = await read("one\ntwo\nthree\n", { tail: 1 });
    expect({ text: bytes.toString(), count, more }).toEqual({
      text: "three\n",
      count: 1,
      more: true,
    });
  });

  it.each<LineRange>([{ head: 0 }, { head: 1.5 }, { tail: -1 }, { from: 0 }, { from: 3, to: 2 }])(
    "refuses the range %j (F6)",
    async (range) => {
      await expect(read("a\nb\n", range)).rejects.toMatchObject({ code: "invalid-argument" });
    },
  );

  it("says there is nothing beyond the last line, and how many lines there are", async () => {
    const { bytes, count, total, more } = await read("a\nb\n", { from: 5 });
    expect({ length: bytes.length, count, total, more }).toEqual({
      length: 0,
      count: 0,
      total: 2,
      more: false,
    });
  });

  it("counts the whole file only when asked", async () => {
    const content = "line\n".repeat(100_000);
    expect((await read(content, { head: 2 })).total).toBeUndefined();
    expect((await read(content, { head: 2 }, { countAll: true })).total).toBe(100_000);
  });

  it("reads lines of UTF-16 files by their 16-bit line ends", async () => {
    // U+0A0A has the byte of a line feed twice without being one.
    for (const encoding of ["utf-16le", "utf-16be"] as const) {
      const content = Buffer.from("\ufeffone\ntwo\u0a0a\nthree\n", "utf16le");
      if (encoding === "utf-16be") content.swap16();
      const second = await read(content, { from: 2, to: 2 });
      const last = await read(content, { tail: 1 });
      if (encoding === "utf-16be") for (const { bytes } of [second, last]) bytes.swap16();
      expect(second.encoding).toBe(encoding);
      expect(second.bytes.toString("utf16le")).toBe("two\u0a0a\n");
      expect(last.bytes.toString("utf16le")).toBe("three\n");
    }
  });

  it("stops at a whole line when the budget is used up", async () => {
    const { bytes, count, cut, more } = await read(
      "aaaa\nbbbb\ncccc\n",
      { head: 3 },
      { maxBytes: 11 },
    );
    expect({ text: bytes.toString(), count, cut, more }).toEqual({
      text: "aaaa\nbbbb\n",
      count: 2,
      cut: true,
      more: true,
    });
  });

  it("gives a part of a line that is longer than the budget (FS8)", async () => {
    const long = "x".repeat(2_000_000);
    const front = await read(long, { head: 1 }, { maxBytes: 1000 });
    const back = await read(long, { tail: 1 }, { maxBytes: 1000 });
    for (const { bytes, count, cut, more } of [front, back])
      expect({ length: bytes.length, count, cut, more }).toEqual({
        length: 1000,
        count: 1,
        cut: true,
        more: true,
      });
  });

  it("finds the same lines as cutting the whole text does", async () => {
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.integer({ min: 1, max: 40 }),
        fc.nat(40),
        async (content, from, extra) => {
          const all = linesOf(content);
          const to = from + extra;
          const middle = await read(content, { from, to }, { countAll: true });
          expect(middle.bytes.toString()).toBe(all.slice(from - 1, to).join(""));
          expect(middle.count).toBe(all.slice(from - 1, to).length);
          expect(middle.total).toBe(all.length);
          expect(middle.more).toBe(to < all.length);
          const last = await read(content, { tail: from });
          expect(last.bytes.toString()).toBe(all.slice(-from).join(""));
          expect(last.count).toBe(Math.min(from, all.length));
          expect(last.more).toBe(from < all.length);
        },
      ),
      { numRuns: 150, seed: 1 },
    );
  });

  it("never passes the budget, and loses nothing without saying so", async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 2, max: 500 }), async (content, maxBytes) => {
        for (const range of [{ head: 1000 }, { tail: 1000 }]) {
          const { bytes, cut, more } = await read(content, range, { maxBytes });
          expect(bytes.length).toBeLessThanOrEqual(maxBytes);
          const complete = bytes.length === Buffer.byteLength(content);
          expect({ cut, more }).toEqual({ cut: !complete, more: !complete });
        }
      }),
      { numRuns: 150, seed: 2 },
    );
  });
});
