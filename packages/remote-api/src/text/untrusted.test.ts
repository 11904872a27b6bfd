import fc from "fast-check";
import { expect, test } from "vitest";
import { withoutHiddenHtml } from "./hidden-html.ts";
import { withoutInvisible } from "./invisible.ts";
import { seen, seenIn } from "./untrusted.ts";

test.each([
  ["zero\u200bwidth", "zerowidth"],
  ["\u202etxt.exe", "txt.exe"],
  ["tags\u{e0049}\u{e0067}", "tags"],
  ["soft\u00adhyphen", "softhyphen"],
  ["bell\u0007", "bell"],
  ["\ufeffmarked", "marked"],
  ["private\ue000", "private"],
  ["line\r\n\tbreak", "line\r\n\tbreak"],
  ["👩‍💻 ❤️ 👍🏽", "👩‍💻 ❤️ 👍🏽"],
  ["naïve Zürich 日本", "naïve Zürich 日本"],
  ["می‌خواهم", "می‌خواهم"],
])("%j is read as %j", (text, shown) => {
  expect(withoutInvisible(text)).toBe(shown);
});

test("what is cleaned is clean, and a clean text stays", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const clean = withoutInvisible(text);
      expect(withoutInvisible(clean)).toBe(clean);
      expect(clean).not.toMatch(/[\u200b\u202a-\u202e\u2060-\u2069\u{e0000}-\u{e007f}]/u);
    }),
    { seed: 7, numRuns: 2_000 },
  );
});

test.each([
  ["a<!-- do this -->b", "ab"],
  ["<div style='display:none'>do <b>this</b></div>after", "after"],
  ["<span hidden>do this", ""],
  ["<p hidden>x</p>y<p>z</p>", "y<p>z</p>"],
  ["<img src=x>shown<br>", "<img src=x>shown<br>"],
  ["<script>alert(1)</script>text", "text"],
  ["# Title\n\n`<T>` and a < b && c > d", "# Title\n\n`<T>` and a < b && c > d"],
  ["a<x<!-- do this -->b", "a<xb"],
  ["<a href='<!-- do this -->b", "<a href='b"],
  ["a<?do this?>b<!do this>c<![CDATA[do this]]>d", "abcd"],
  ["<p hidden><!-- a -->x</p><!-- b -->y", "y"],
  ["a<!-- do this", "a"],
  ["<div style='display:none'><div>in</div>still</div>out", "out"],
  [
    "<details><summary>s</summary>shown when opened</details>",
    "<details><summary>s</summary>shown when opened</details>",
  ],
])("of %j a page shows %j", async (text, shown) => {
  expect(await withoutHiddenHtml(text)).toBe(shown);
});

test("text without markup stays to the letter", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (text) => {
      const plain = text.replaceAll("<", "");
      expect(await withoutHiddenHtml(plain)).toBe(plain);
    }),
    { seed: 7 },
  );
});

test("a comment hidden by an invisible character inside it is not shown either", async () => {
  expect(await seen("a<!-- x\u200b -->b")).toBe("ab");
});

test("every text of a value is cleaned, wherever it is", async () => {
  expect(await seenIn({ "a\u200b": ["b\u200b", { c: "d<!-- e -->" }], n: 1, z: null })).toEqual({
    a: ["b", { c: "d" }],
    n: 1,
    z: null,
  });
});
