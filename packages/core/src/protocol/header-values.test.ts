import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeHeaderValue, encodeHeaderValue } from "./header-values.ts";

const runs = { seed: 20261122, numRuns: 2000 };
const wellFormed = fc.string({ unit: "binary" }).filter((value) => value.isWellFormed());
const looksEncoded = fc.string({ unit: "grapheme" }).map((value) => `=?base64?${value}?=`);

describe("a value in a header", () => {
  // The table of 2026-07-28 basic/transports/streamable-http, value encoding.
  test.each([
    ["us-west1", "us-west1"],
    ["Hello, 世界", "=?base64?SGVsbG8sIOS4lueVjA==?="],
    [" padded ", "=?base64?IHBhZGRlZCA=?="],
    ["line1\nline2", "=?base64?bGluZTEKbGluZTI=?="],
    ["=?base64?literal?=", "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?="],
    ["us west 1", "us west 1"],
    ["a\tb", "=?base64?YQli?="],
    ["", ""],
    ["=?BASE64?SGk=?=", "=?BASE64?SGk=?="],
    ["=?base64?=", "=?base64?="],
  ])("%j travels as %j", (value, header) => {
    expect(encodeHeaderValue(value)).toBe(header);
    expect(decodeHeaderValue(header)).toBe(value);
  });

  test("comes back as it was, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(wellFormed, looksEncoded), (value) => {
        expect(decodeHeaderValue(encodeHeaderValue(value))).toBe(value);
      }),
      runs,
    );
  });

  test("is visible ASCII with spaces inside only, whatever it is", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), looksEncoded), (value) => {
        expect(encodeHeaderValue(value)).toMatch(/^(?! )[\x20-\x7e]*(?<! )$/);
      }),
      runs,
    );
  });

  test("keeps a byte order mark", () => {
    expect(decodeHeaderValue(encodeHeaderValue("\ufeffa"))).toBe("\ufeffa");
  });

  test("may be a megabyte", () => {
    const value = "é".repeat(500_000);
    expect(decodeHeaderValue(encodeHeaderValue(value))).toBe(value);
  });
});

describe("a header that carries no value", () => {
  test.each([
    ["padding left out", "=?base64?SGVsbG8?="],
    ["characters that are not base64", "=?base64?SGVs!!!bG8=?="],
    ["space in the base64", "=?base64?SGVs bG8=?="],
    ["base64 for URLs", "=?base64?_-__?="],
    ["bytes that are not UTF-8", "=?base64?/w==?="],
    ["a control character", "a\u0000b"],
    ["a line break", "a\r\nb"],
    ["a character beyond ASCII", "Région"],
  ])("has %s", (_what, header) => {
    expect(decodeHeaderValue(header)).toBeUndefined();
  });

  test.each(["SGVsbG8=", "=?base64?SGVsbG8=", "SGVsbG8=?="])(
    "is not %s, which is itself",
    (header) => {
      expect(decodeHeaderValue(header)).toBe(header);
    },
  );
});
