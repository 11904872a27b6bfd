import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instantOf, isoOf } from "./instant.ts";

describe("a point of time", () => {
  test.each([
    ["2026-01-31", "2026-01-31T00:00:00.000Z"],
    ["2026-01-31T09:30", "2026-01-31T09:30:00.000Z"],
    ["2026-01-31T09:30:15.250Z", "2026-01-31T09:30:15.250Z"],
    ["2026-01-31T09:30:15+02:00", "2026-01-31T07:30:15.000Z"],
    [" 2026-01-31t09:30:15z ", "2026-01-31T09:30:15.000Z"],
  ])("%s is %s", (text, iso) => {
    expect(isoOf(instantOf(text))).toBe(iso);
  });

  test.each([
    "",
    "yesterday",
    "2026",
    "2026-13-01",
    "2026-02-30",
    "2026-01-31 09:30",
    "2026-01-31T25:00",
    "01/31/2026",
    "1767225600000",
  ])("%j is none", (text) => {
    expect(() => instantOf(text)).toThrow("2026-01-31T09:30:00Z");
  });

  test("that an answer wrote is read as the same", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date(0), max: new Date("9999-12-31"), noInvalidDate: true }),
        (date) => {
          expect(instantOf(isoOf(date.getTime()))).toBe(date.getTime());
        },
      ),
      { seed: 4 },
    );
  });
});
