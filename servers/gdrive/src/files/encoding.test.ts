import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeText } from "./encoding.ts";

test("text comes back as it was written, with and without a byte order mark", () => {
  const holds = fc.property(fc.string({ unit: "grapheme" }), (text) => {
    const plain = text.replace(/^\ufeff/, "").replaceAll("\0", "");
    expect(decodeText(Buffer.from(plain))).toBe(plain);
    expect(decodeText(Buffer.from(`\ufeff${plain}`))).toBe(plain);
    expect(decodeText(Buffer.from(`\ufeff${plain}`, "utf16le"))).toBe(plain);
    expect(decodeText(Buffer.from(`\ufeff${plain}`, "utf16le").swap16())).toBe(plain);
  });
  fc.assert(holds, { seed: 1 });
});

test("what is no text is not taken for any", () => {
  expect(decodeText(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0]))).toBeUndefined();
  expect(decodeText(Buffer.from([0x61, 0xc3, 0x28]))).toBeUndefined();
});
