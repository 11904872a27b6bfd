import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonObject } from "../schema/json-schema.ts";
import type { JsonRpcMessage, RequestId } from "./message.ts";
import { lasting, textOf } from "./text.ts";

const objects = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<JsonObject>;
const ids: fc.Arbitrary<RequestId> = fc.oneof(fc.string({ unit: "binary" }), fc.maxSafeInteger());

test("a result that lasts is written as any other, for every id", () => {
  fc.assert(
    fc.property(objects, fc.array(ids, { minLength: 2 }), (result, all) => {
      const expected = all.map((id) => JSON.stringify({ jsonrpc: "2.0", id, result }));
      lasting(result);
      expect(all.map((id) => textOf({ jsonrpc: "2.0", id, result }))).toEqual(expected);
    }),
    { seed: 20261122, numRuns: 500 },
  );
});

test("every other message is its JSON", () => {
  const result = lasting({ tools: [] });
  const messages: (JsonRpcMessage | JsonRpcMessage[])[] = [
    { jsonrpc: "2.0", id: 1, result: { ...result } },
    { jsonrpc: "2.0", id: 1, error: { code: -32600, message: "No." } },
    { jsonrpc: "2.0", id: "a", method: "ping" },
    { jsonrpc: "2.0", method: "notifications/initialized", params: {} },
    [{ jsonrpc: "2.0", id: 1, result }],
  ];
  for (const message of messages) expect(textOf(message)).toBe(JSON.stringify(message));
});

test("a result that lasts cannot be changed, and so never says something else than it holds", () => {
  const result = lasting({ tools: [] });
  expect(() => Object.assign(result, { tools: [{ name: "other" }] })).toThrow(TypeError);
  expect(lasting(result)).toBe(result);
});

test("what JSON cannot say is refused each time", () => {
  const result = lasting({ count: 1n } as unknown as JsonObject);
  for (const id of [1, 2]) expect(() => textOf({ jsonrpc: "2.0", id, result })).toThrow(TypeError);
});
