import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MESSAGE_LIMITS } from "../jsonrpc/codec.ts";
import { LineReader } from "./lines.ts";

const SEED = 20261122;

/** What a reader delivers for these chunks: values, and the codes of damaged lines as `["damaged", code]`. */
function read(chunks: readonly Uint8Array[], limit: number = MESSAGE_LIMITS.bytes): unknown[] {
  const events: unknown[] = [];
  const reader = new LineReader(
    {
      message: (value) => events.push(value),
      damaged: (error) => events.push(["damaged", error.code]),
    },
    { ...MESSAGE_LIMITS, bytes: limit },
  );
  for (const chunk of chunks) {
    const copy = chunk.slice();
    reader.push(copy);
    copy.fill(0x2a); // A reader that kept the chunk would see this.
  }
  reader.end();
  return events;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** `whole` cut at any places, empty chunks included. */
function cut(whole: Uint8Array, places: readonly number[]): Uint8Array[] {
  const at = places.map((place) => place % (whole.length + 1)).sort((a, b) => a - b);
  return [0, ...at].map((start, index) => whole.subarray(start, at[index]));
}

const places = fc.array(fc.nat(), { maxLength: 20 });
/** Bytes that look enough like lines of JSON to reach every branch. */
const wireBytes = fc
  .array(
    fc.oneof(
      fc
        .constantFrom("\n", "\r\n", "\n\n", " ", '{"a":1}\n', "[1]\n", '"é漢🦊"\n', "\ufeff{}\n")
        .map(bytes),
      fc.json().map(bytes),
      fc.uint8Array({ maxLength: 6 }),
    ),
    { maxLength: 20 },
  )
  .map((parts) => Uint8Array.from(parts.flatMap((part) => [...part])));

describe("a line reader", () => {
  test("delivers the same however the bytes are cut into chunks", () => {
    fc.assert(
      fc.property(wireBytes, places, fc.constantFrom(5, 12, 1000), (whole, where, limit) => {
        expect(read(cut(whole, where), limit)).toEqual(read([whole], limit));
      }),
      { seed: SEED, numRuns: 2000 },
    );
  });

  test("delivers every JSON value it is sent, in order", () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue(), { maxLength: 10 }), places, (values, where) => {
        const lines = values.map((value) => `${JSON.stringify(value)}\n`).join("");
        const wanted = values.map((value) => JSON.parse(JSON.stringify(value)));
        expect(read(cut(bytes(lines), where))).toEqual(wanted);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });

  test("tolerates CRLF, blank lines and a byte order mark before a message", () => {
    expect(read([bytes('\ufeff{"a":1}\r\n\r\n \t\n\n\ufeff{"b":2}\n')])).toEqual([
      { a: 1 },
      { b: 2 },
    ]);
  });

  test("keeps a mark inside a string", () => {
    expect(read([bytes('["\ufeff"]\n["a\ufeff"]\n')])).toEqual([["\ufeff"], ["a\ufeff"]]);
  });

  test.each([
    ["a stray byte", [0x22, 0xff, 0x22]],
    ["an overlong form", [0x22, 0xc0, 0x80, 0x22]],
    ["a surrogate half", [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ["a cut-off character", [0x22, 0xe6, 0xbc, 0x22]],
  ])("refuses %s as UTF-8 without losing the lines around it", (_name, line) => {
    const wire = Uint8Array.from([...bytes("[1]\n"), ...line, ...bytes("\n[2]\n")]);
    expect(read([wire])).toEqual([[1], ["damaged", -32700], [2]]);
  });

  test("accepts a line of exactly the limit and refuses one byte more, once", () => {
    expect(read([bytes('"12345678"\n"123456789"\n1\n')], 10)).toEqual([
      "12345678",
      ["damaged", -32600],
      1,
    ]);
    const endless = Array.from({ length: 50 }, () => bytes("aaaa"));
    expect(read([...endless, bytes("\n2\n")], 10)).toEqual([["damaged", -32600], 2]);
  });

  test("reports a line over the limit as soon as it is, not at its end", () => {
    expect(read([bytes("a".repeat(11))], 10)).toEqual([["damaged", -32600]]);
  });

  test.each([
    ['{"a":1}', [{ a: 1 }]],
    ["[1]", [[1]]],
    ['{"a":', []],
    ["12", []],
    ['"text"', []],
    ["", []],
  ])("takes %j before the end of the stream for %j", (rest, messages) => {
    expect(read([bytes("0\n"), bytes(rest)])).toEqual([0, ...messages]);
  });

  test("delivers nothing after stop, not even the rest of the chunk", () => {
    const events: unknown[] = [];
    const reader = new LineReader({
      message(value) {
        events.push(value);
        reader.stop();
      },
      damaged: (error) => events.push(error),
    });
    reader.push(bytes("1\n2\nbad\n"));
    reader.push(bytes("3\n{}"));
    reader.end();
    expect(events).toEqual([1]);
  });
});
