import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../src/index.ts";
import { kindOf } from "../../src/jsonrpc/message.ts";
import { wireTo } from "../server/open.ts";
import { type Carrier, type Era, eras, RawClient } from "../server/raw-client.ts";

const SEED = 20_260_728;

const names = fc.constantFrom(
  ...["echo", "add", "either", "media", "fail", "bug", "chain", "sure", "greet", "memo://one"],
  ...["__proto__", "constructor", "", "nothing"],
);
const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<JsonValue>;
const anything = fc.oneof(json, names as fc.Arbitrary<JsonValue>);
const methods = fc.constantFrom(
  ...["tools/list", "tools/call", "resources/list", "resources/read", "prompts/list"],
  ...["prompts/get", "completion/complete", "logging/setLevel", "resources/subscribe"],
  ...["resources/templates/list", "server/discover", "ping", "initialize", "example/double"],
);
const metas = fc.dictionary(
  fc.constantFrom(
    "progressToken",
    "io.modelcontextprotocol/protocolVersion",
    "io.modelcontextprotocol/clientCapabilities",
    "io.modelcontextprotocol/logLevel",
    "__proto__",
  ),
  fc.oneof(json, fc.constantFrom<JsonValue>("2026-07-28", {}, { elicitation: {} }, "debug")),
);
const params = fc.dictionary(
  fc.constantFrom("name", "uri", "arguments", "cursor", "level", "ref", "argument", "n", "x"),
  anything,
);
const request = fc.record(
  {
    jsonrpc: fc.oneof({ weight: 9, arbitrary: fc.constant<JsonValue>("2.0") }, json),
    method: fc.oneof({ weight: 9, arbitrary: methods as fc.Arbitrary<JsonValue> }, json),
    params: fc.oneof({ weight: 9, arbitrary: params as fc.Arbitrary<JsonValue> }, json),
    result: json,
    error: json,
    surprise: json,
  },
  { requiredKeys: ["jsonrpc", "method", "params"] },
);
/** Whether the era's own metadata is put in, some other, or none. */
const flavour = fc.oneof(fc.constant("proper" as const), metas, fc.constant(undefined));
const message = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(request, flavour, fc.boolean()) },
  { weight: 1, arbitrary: json },
);

/** A message as it is sent: with an id of its own unless it is a notification or no message at all. */
function written(drawn: unknown, id: string, era: Era): JsonValue {
  if (!Array.isArray(drawn) || drawn.length !== 3 || typeof drawn[2] !== "boolean") {
    return drawn as JsonValue;
  }
  const [body, kind, isNotification] = drawn as [JsonObject, unknown, boolean];
  const own = body.params;
  const isRecord = typeof own === "object" && own !== null && !Array.isArray(own);
  const given = !isRecord || kind === undefined ? own : withMeta(own as JsonObject, kind, era);
  return { ...body, params: given as JsonValue, ...(!isNotification && { id }) };
}

function withMeta(own: JsonObject, kind: unknown, era: Era): JsonObject {
  return kind === "proper" ? era.params(own) : { ...own, _meta: kind as JsonObject };
}

const cells = eras.flatMap((era) =>
  (["memory", "stdio"] as const).map((carrier: Carrier) => ({
    era,
    carrier,
    revision: era.revision,
  })),
);

describe.each(cells)("random messages on $revision over $carrier", ({ era, carrier }) => {
  test("have one well-formed answer for each request, and the server goes on", async () => {
    await using client = new RawClient(wireTo(carrier));
    await era.open(client);
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(message, { minLength: 1, maxLength: 12 }), async (drawn) => {
        run++;
        const sent = drawn.map((one, at) => written(one, `${run}-${at}`, era));
        for (const one of sent) client.send(one);
        const ids = sent.filter((one) => kindOf(one) === "request").map((one) => idOf(one));
        for (const id of ids) wellFormed(await client.response(id));
        // Whatever else came back: complaints about what was no request, or notifications of calls.
        await client.request(
          era.revision === "2026-07-28" ? "server/discover" : "ping",
          era.params(),
        );
        for (const rest of client.received.splice(0)) {
          if ("method" in rest) expect(kindOf(rest)).toBe("notification");
          else expect(ids).not.toContain(wellFormed(rest).id);
        }
      }),
      { seed: SEED, numRuns: carrier === "memory" ? 500 : 150 },
    );
    const params = era.params({ name: "echo", arguments: { text: "still here" } });
    expect((await client.request("tools/call", params)).result).toMatchObject({
      content: [{ text: "still here" }],
    });
  });
});

function idOf(value: JsonValue): string {
  return (value as { id: string }).id;
}

function wellFormed(answer: object): { id?: unknown } {
  expect(answer).toMatchObject({ jsonrpc: "2.0" });
  const { result, error } = answer as { result?: unknown; error?: unknown };
  if (result !== undefined) expect(error).toBeUndefined();
  else expect(error).toMatchObject({ code: expect.any(Number), message: expect.any(String) });
  return answer;
}
