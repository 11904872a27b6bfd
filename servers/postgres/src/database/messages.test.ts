import fc from "fast-check";
import { expect, test } from "vitest";
import { Messages } from "./messages.ts";

/** The messages as their type and body: what a server reads. */
function read(bytes: Buffer): { type: string; body: Buffer }[] {
  const messages = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readInt32BE(at + 1);
    messages.push({
      type: bytes.toString("latin1", at, at + 1),
      body: bytes.subarray(at + 5, at + 1 + length),
    });
    at += 1 + length;
  }
  return messages;
}

test("a statement is parsed, bound, described, run, closed and synced in that order", () => {
  const messages = new Messages();
  messages.parse("name", "SELECT 1");
  messages.bind("portal", "name", []);
  messages.describe("portal");
  messages.execute("portal", 64);
  messages.close("portal");
  messages.sync();
  expect(read(messages.bytes).map(({ type, body }) => type + body.toString("latin1"))).toEqual([
    "Pname\0SELECT 1\0\0\0",
    "Bportal\0name\0\0\0\0\0\0\0",
    "DPportal\0",
    "Eportal\0\0\0\0\x40",
    "CPportal\0",
    "S",
  ]);
});

test("values of any size and alphabet arrive as they are, and what follows them too", () => {
  const value = fc.option(fc.string({ unit: "grapheme", size: "large" }), { nil: null });
  const many = fc.array(value, { maxLength: 50 });
  fc.assert(
    fc.property(many, (values) => {
      const messages = new Messages();
      messages.bind("", "", values);
      messages.sync();
      const [bound, last] = read(messages.bytes);
      expect(last).toEqual({ type: "S", body: Buffer.alloc(0) });
      expect(valuesIn(bound!.body)).toEqual(values);
    }),
    { seed: 4 },
  );
});

/** The values of a Bind message whose portal and statement have no name. */
function valuesIn(body: Buffer): (string | null)[] {
  let at = 6;
  const values = Array.from({ length: body.readUInt16BE(4) }, () => {
    const length = body.readInt32BE(at);
    at += 4 + Math.max(length, 0);
    return length < 0 ? null : body.toString("utf8", at - length, at);
  });
  expect(body.subarray(at)).toEqual(Buffer.from([0, 0]));
  return values;
}

test("as many values as the protocol can count are counted", () => {
  const messages = new Messages();
  const values = Array.from({ length: 65_535 }, () => "x");
  messages.bind("", "", values);
  expect(valuesIn(read(messages.bytes)[0]!.body)).toEqual(values);
});
