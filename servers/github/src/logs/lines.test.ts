import fc from "fast-check";
import { expect, test } from "vitest";
import { endOf, tailOf } from "./lines.ts";

test("the last lines stay, without the time they were written at and without colours", () => {
  const log =
    "\ufeff2026-11-22T10:00:00.1234567Z one\n2026-11-22T10:00:01.0000000Z \u001b[31mtwo\u001b[0m\r\n2026-11-22T10:00:02.0000000Z three\n";
  expect(tailOf(log, 2)).toEqual({ text: "two\nthree", total: 3, shown: 2 });
  expect(tailOf(log, 10)).toEqual({ text: "one\ntwo\nthree", total: 3, shown: 3 });
});

test("an empty log has no line", () => {
  expect(tailOf("", 10)).toEqual({ text: "", total: 0, shown: 0 });
});

test("a key that begins before the tail is hidden to its end", () => {
  const body = Array.from({ length: 40 }, (_, line) => `MIIEvgIBADANBgkqh${line}`);
  const log = [
    "-----BEGIN RSA PRIVATE KEY-----",
    ...body,
    "-----END RSA PRIVATE KEY-----",
    "done",
  ].join("\n");
  expect(tailOf(log, 4).text).toBe("***\n***\n***\ndone");
});

test("of a log that is one endless line only the end is looked at", () => {
  const tail = tailOf(`${"x".repeat(3_000_000)}y`, 500);
  expect(tail).toMatchObject({ total: 1, shown: 1 });
  expect(tail.text).toHaveLength(1_000_000);
  expect(tail.text.endsWith("xy")).toBe(true);
});

test("a tail never has more lines than asked for, and is the end of the log", () => {
  const line = fc.stringMatching(/^[a-z ]{0,20}$/);
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 50 }),
      fc.integer({ min: 1, max: 60 }),
      (lines, most) => {
        const log = lines.map((text) => `${text}\n`).join("");
        const tail = tailOf(log, most);
        expect(tail.total).toBe(lines.length);
        expect(tail.text).toBe(lines.slice(-most).join("\n"));
      },
    ),
    { seed: 5 },
  );
});

test("the end of a text fits its bytes, whole characters and whole lines where there are any", () => {
  expect(endOf("one\ntwo\nthree", 8)).toBe("three");
  expect(endOf("one\ntwo", 100)).toBe("one\ntwo");
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 1, max: 40 }), (text, bytes) => {
      const end = endOf(text, bytes);
      expect(Buffer.byteLength(end)).toBeLessThanOrEqual(bytes);
      expect(text.endsWith(end)).toBe(true);
    }),
    { seed: 5 },
  );
});
