import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  decodeForReading,
  decodeText,
  detectFormat,
  type Encoding,
  encodeText,
} from "./encoding.ts";

const formats = (["utf-8", "utf-16le", "utf-16be"] as const).flatMap((encoding) =>
  [true, false].map((bom) => ({ encoding, bom })),
);

describe("encodings", () => {
  test.each(formats.filter(({ encoding, bom }) => bom || encoding === "utf-8"))(
    "any text in $encoding with bom=$bom decodes to itself and encodes to the same bytes",
    (format) => {
      const text = fc
        .string({ unit: "binary" })
        .filter((s) => !s.includes("\0") && !s.startsWith("\uFEFF"));
      fc.assert(
        fc.property(text, (text) => {
          const bytes = encodeText(text, format);
          const decoded = decodeText(bytes);
          expect(decoded).toEqual({ ...format, text });
          expect(encodeText(decoded.text, decoded).equals(bytes)).toBe(true);
        }),
        { seed: 1 },
      );
    },
  );

  test("whatever bytes decode at all encode to the same bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const format = detectFormat(bytes);
        let decoded: ReturnType<typeof decodeText>;
        try {
          decoded = decodeText(bytes);
        } catch (error) {
          expect((error as Error).name).toBe("TextError");
          return;
        }
        expect(format).toBeDefined();
        expect(new Uint8Array(encodeText(decoded.text, decoded))).toEqual(bytes);
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  test.each(["utf-16le", "utf-16be"] as const)(
    "F7: %s text is read as text, with a mark and without",
    (encoding) => {
      const text = "Grüße,\r\nworld\n";
      for (const bom of [true, false]) {
        const bytes = encodeText(text, { encoding, bom });
        expect(decodeText(bytes)).toEqual({ encoding, bom, text });
      }
    },
  );

  test("F7: the mark of UTF-8 is no part of the text", () => {
    expect(decodeText(Buffer.from("\uFEFFhello")).text).toBe("hello");
  });

  test.each([
    ["a NUL among text", Buffer.from("abc\0def")],
    ["an ELF header", Buffer.from("7f454c4602010100000000000000000003003e0001000000", "hex")],
    ["UTF-32", Buffer.from("fffe000041000000", "hex")],
    ["16-bit samples", Buffer.from("0100020003000400050006000700", "hex")],
  ])("%s is binary", (_name, bytes) => {
    expect(detectFormat(bytes)).toBeUndefined();
    expect(() => decodeText(bytes)).toThrow("The file is binary, not text");
    expect(() => decodeForReading(bytes)).toThrow("The file is binary, not text");
  });

  test("invalid UTF-8 is refused for editing and marked as damaged for reading", () => {
    const latin1 = Buffer.from("caf\xe9\n", "latin1");
    expect(() => decodeText(latin1)).toThrow("not valid UTF-8");
    expect(decodeForReading(latin1)).toMatchObject({ text: "caf\uFFFD\n", damaged: true });
  });

  test.each(["fffe41", "fffe00d8"])(
    "broken UTF-16 (%s) is refused for editing and readable",
    (hex) => {
      const bytes = Buffer.from(hex, "hex");
      expect(() => decodeText(bytes)).toThrow("not valid UTF-16LE");
      expect(decodeForReading(bytes).damaged).toBe(true);
    },
  );

  test.each<Encoding>(["utf-8", "utf-16be"])(
    "half a surrogate pair cannot be stored in %s",
    (encoding) => {
      expect(() => encodeText("a\ud800", { encoding, bom: false })).toThrow(
        "half of a surrogate pair",
      );
    },
  );
});
