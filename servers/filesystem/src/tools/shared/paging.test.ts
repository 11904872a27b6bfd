import { expect, test } from "vitest";
import { fitting, listed } from "./paging.ts";

const notes = (given: Parameters<typeof listed>[0]) =>
  listed(given).content.map((block) => (block.type === "text" ? block.text : ""));

test("a whole list is nothing but its text", () => {
  expect(notes({ content: "a\nb" })).toEqual(["a\nb"]);
});

test("a list says what it lacks, and how to get what can be got", () => {
  const stopped = { reason: "limit", next: 'b"c' } as const;
  expect(notes({ content: "a", stopped, unreadable: 2, cut: 1 })).toEqual([
    "a",
    'Directories that could not be read: 2. Directories with too many entries to be listed whole: 1. Stopped at the entry limit; go on with after: "b\\"c"',
  ]);
});

test("a list that took too long says that it was the time", () => {
  expect(notes({ content: "a", stopped: { reason: "time", next: "b" } })).toEqual([
    "a",
    'Stopped at the time limit; go on with after: "b"',
  ]);
});

test("fewer entries are listed until they fit, and one in any case", async () => {
  const list = async (most: number) => ({ content: "ü".repeat(100 * most), most });
  expect((await fitting(10, list, 2_000)).most).toBe(10);
  const { most, content } = await fitting(5_000, list, 2_000);
  expect(most).toBeGreaterThan(7);
  expect(Buffer.byteLength(content)).toBeLessThanOrEqual(2_000);
  expect((await fitting(5_000, list, 10)).most).toBe(1);
});
