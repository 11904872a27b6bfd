import fc from "fast-check";
import { expect, test } from "vitest";
import { csvLine, isFormula } from "./csv.ts";

/** Reads one line of CSV as RFC 4180 has it; nothing between commas is NULL. */
function read(line: string): (string | null)[] {
  const cells = `${line},`.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*)),/gy);
  return [...cells].map(([, quoted, plain]) =>
    quoted === undefined ? plain || null : quoted.replaceAll('""', '"'),
  );
}

test("any cells can be read again", () => {
  const cell = fc.oneof(
    fc.constant(null),
    fc.string(),
    fc.constantFrom(',"\r\n', '"', "\\.", " a"),
  );
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2 }), (cells) => {
      expect(read(csvLine(cells))).toEqual(cells);
    }),
    { seed: 4_711, numRuns: 1_000 },
  );
});

test.each(["=1+1", "=HYPERLINK(A1)", "@SUM(A1)", "+cmd|' /C calc'!A0", "-A1", "\t=1", "\r=1"])(
  "a spreadsheet would run %j",
  (cell) => {
    expect(isFormula(cell)).toBe(true);
  },
);

test.each(["", "a=b", "-1", "-1.5e10", "+49 30 123", "-12:30:00", "-Infinity", "2024-01-01"])(
  "a spreadsheet shows %j as it is",
  (cell) => {
    expect(isFormula(cell)).toBe(false);
  },
);
