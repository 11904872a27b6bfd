import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Call, Principal } from "../kernel/call.ts";
import { LiveCall } from "../kernel/live-call.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import { cacheKey } from "./cache-key.ts";

function call(params: JsonObject, changes: Partial<LiveCall> = {}): Call {
  return Object.assign(new LiveCall(1, "tools/call", params, () => {}), changes);
}

const as = (principal: Principal | undefined, params: JsonObject = {}) =>
  call(params, { principal });

describe("a private key", () => {
  test("differs by principal, by scopes and claims, and from that of nobody", () => {
    const callers: (Principal | undefined)[] = [
      undefined,
      { id: "ada" },
      { id: "bob" },
      { id: "ada", scopes: ["read"] },
      { id: "ada", scopes: ["read", "write"] },
      { id: "ada", scopes: ["read,write"] },
      { id: '"ada"' },
      { id: "null" },
      { id: "ada", claims: { tenant: "one" } },
      { id: "ada", claims: { tenant: "two" } },
    ];
    const keys = callers.map((principal) => cacheKey(as(principal), "private"));
    expect(new Set(keys).size).toBe(callers.length);
  });

  test("is the same for the same scopes in another order", () => {
    const [one, other] = [
      ["a", "b"],
      ["b", "a"],
    ].map((scopes) => as({ id: "ada", scopes }));
    expect(cacheKey(one as Call, "private")).toBe(cacheKey(other as Call, "private"));
  });
});

test("a public key is the same for all callers, and never a private one", () => {
  const [ada, nobody] = [as({ id: "ada" }), as(undefined)];
  expect(cacheKey(ada, "public")).toBe(cacheKey(nobody, "public"));
  expect(cacheKey(nobody, "public")).not.toBe(cacheKey(nobody, "private"));
});

test("a key differs by everything else a handler may see", () => {
  const calls = [
    call({}),
    call({}, { revision: "2025-06-18" }),
    call({}, { client: { capabilities: { elicitation: {} } } }),
    call({}, { client: { info: { name: "a", version: "1" }, capabilities: {} } }),
    call({}, { mayAsk: false }),
    call({}, { method: "prompts/get" } as Partial<LiveCall>),
    call({ _meta: { "org.example/tenant": "one" } }),
    call({ _meta: { "org.example/tenant": "two" } }),
    call({ _meta: { "io.modelcontextprotocol/related-task": { taskId: "one" } } }),
  ];
  expect(new Set(calls.map((one) => cacheKey(one, "public"))).size).toBe(calls.length);
});

test("how a call travels is no part of its key", () => {
  const traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  const travelled = call({ name: "x", _meta: { traceparent, progressToken: 7 } });
  expect(cacheKey(travelled, "private")).toBe(cacheKey(call({ name: "x" }), "private"));
});

test("two calls share a key exactly when their params are the same JSON value", () => {
  const json = fc.jsonValue({ maxDepth: 3 });
  fc.assert(
    fc.property(json, json, (one, other) => {
      const [a, b] = [one, other].map((value) =>
        cacheKey(call({ value: value as JsonValue }), "private"),
      );
      const isSame = JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));
      expect(a === b).toBe(isSame);
    }),
    { seed: 16 },
  );
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.integer()), (value) => {
      const reversed = Object.fromEntries(Object.entries(value).reverse());
      expect(cacheKey(call({ value: reversed }), "private")).toBe(
        cacheKey(call({ value }), "private"),
      );
    }),
    { seed: 16 },
  );
});

/** The value with its objects as sorted maps, so that the order of names does not count. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return ["array", ...value.map(canonical)];
  if (typeof value !== "object" || value === null) return ["plain", value];
  const entries = Object.entries(value).map(([name, one]) => [name, canonical(one)]);
  return ["object", ...entries.sort(([a], [b]) => (String(a) < String(b) ? -1 : 1))];
}
