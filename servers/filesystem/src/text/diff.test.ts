import { describe, expect, test } from "vitest";
import { fencedDiff } from "./diff.ts";

describe("fencedDiff", () => {
  test("shows a unified diff with the file name in a fence", async () => {
    expect(await fencedDiff("/d/f.txt", "a\nb\n", "a\nc\n")).toBe(
      "```diff\nIndex: /d/f.txt\n===================================================================\n" +
        "--- /d/f.txt\toriginal\n+++ /d/f.txt\tmodified\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n```\n\n",
    );
  });

  test("takes a fence longer than any inside the file", async () => {
    const diff = await fencedDiff("f.md", "````\na\n", "````\nb\n");
    expect(diff.startsWith("`````diff\n")).toBe(true);
  });

  test("does not report changed line endings", async () => {
    expect(await fencedDiff("f", "a\r\nb\r\n", "a\nb\n")).not.toContain("@@");
  });

  test("FS8: two huge texts without a common line get one shortened hunk", async () => {
    const lines = (word: string) =>
      Array.from({ length: 30_000 }, (_, i) => `${word} ${i}\n`).join("");
    const diff = await fencedDiff("f", `same\n${lines("old")}`, `same\n${lines("new")}`);
    expect(diff).toContain("@@ -1,30002 +1,30002 @@\n same\n-old 0\n");
    expect(diff).toContain("-... 29800 more lines\n+new 0\n");
    expect(diff.length).toBeLessThan(20_000);
  });
});
