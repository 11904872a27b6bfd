import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isRequestId, kindOf, type MessageKind } from "../../src/jsonrpc/message.ts";
import { REVISIONS } from "../../src/protocol/index.ts";
import type { JsonSchema } from "../../src/schema/json-schema.ts";
import { type Check, compile } from "../../src/schema/validate.ts";
import { available, officialDefinitions, officially } from "./official.ts";

const absent = Symbol("absent");

/** A message with each member right, wrong or absent. */
const message = fc
  .record({
    jsonrpc: fc.constantFrom("2.0", "1.0", absent),
    id: fc.constantFrom(1, "a", 1.5, null, absent),
    params: fc.constantFrom({}, { a: [1] }, [], absent),
    body: fc.constantFrom(
      { method: "a" },
      { method: 1 },
      { result: {} },
      { result: "text" },
      { error: { code: 1, message: "" } },
      { error: { code: "1", message: "" } },
      {},
    ),
  })
  .map(({ body, ...members }) =>
    Object.fromEntries(
      Object.entries({ ...members, ...body }).filter(([, value]) => value !== absent),
    ),
  );

describe.skipIf(!available)(officially("the official envelope"), () => {
  test.each(REVISIONS)("of %s and ours tell the same messages apart", (revision) => {
    const official = officialDefinitions(revision);
    const checkOf = (...names: string[]): Check => {
      const anyOf = names.filter((name) => name in official).map(reference);
      const $defs = { ...official, Result: { type: "object" } } as Record<string, JsonSchema>;
      return compile({ anyOf, $defs, definitions: $defs });
    };
    const checks: Record<Exclude<MessageKind, "invalid">, Check> = {
      request: checkOf("JSONRPCRequest"),
      notification: checkOf("JSONRPCNotification"),
      response: checkOf("JSONRPCResponse", "JSONRPCError"),
    };
    fc.assert(
      fc.property(message, (value) => {
        const kind = kindOf(value);
        // JSON-RPC gives no id, or null, to an error whose request's id could not be read; the schemas
        // before 2025-11-25 forgot that, the later ones forgot null.
        if ("error" in value && !isRequestId(value.id)) return;
        if (kind !== "invalid") expect(checks[kind](value)).toBeUndefined();
        else expect(checks.request(value) && checks.response(value)).toBeDefined();
      }),
      { seed: 2026, numRuns: 500 },
    );
  });
});

function reference(name: string): JsonSchema {
  return { $ref: `#/$defs/${name}` };
}
