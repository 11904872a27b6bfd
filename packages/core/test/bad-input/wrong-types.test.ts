import { describe, expect, test } from "vitest";
import { isModern, METHODS, REVISIONS, type Revision, schemaFor } from "../../src/index.ts";
import { rowsIn } from "../../src/protocol/registry.ts";
import type { JsonObject, JsonSchema, JsonValue } from "../../src/schema/json-schema.ts";
import { compile } from "../../src/schema/validate.ts";
import { wireTo } from "../server/open.ts";
import { type Carrier, initialize, meta, RawClient } from "../server/raw-client.ts";

/** Params that are right, for each request a client may send and that comes to an end by itself. */
const good: Readonly<Record<string, JsonObject>> = {
  "server/discover": {},
  "tools/list": {},
  "tools/call": { name: "echo", arguments: { text: "x" } },
  "resources/list": {},
  "resources/templates/list": {},
  "resources/read": { uri: "memo://one" },
  "resources/subscribe": { uri: "memo://one" },
  "resources/unsubscribe": { uri: "memo://one" },
  "prompts/list": {},
  "prompts/get": { name: "greet", arguments: { name: "Ada" } },
  "completion/complete": {
    ref: { type: "ref/prompt", name: "greet" },
    argument: { name: "tone", value: "f" },
    context: { arguments: { name: "Ada" } },
  },
  "logging/setLevel": { level: "error" },
};

const wrongs: readonly JsonValue[] = [null, true, -1.5, "\u0000", [], [null], {}, { a: { b: [] } }];

/** Where null is taken for nothing given. */
const nullIsAbsent = ["arguments", "cursor"];

interface Case {
  readonly method: string;
  readonly params: JsonObject;
}

/** The params of each method with each field, at every depth, replaced by values of every type, or left out. */
function casesOf(revision: Revision): Case[] {
  const cases: Case[] = [];
  for (const [method, row] of rowsIn(METHODS, revision)) {
    const params = good[method];
    if (!params || row.kind !== "request") continue;
    const schema = schemaFor(row.params, revision);
    const whole = isModern(revision) ? { ...params, _meta: meta() } : params;
    for (const path of pathsOf(whole, schema)) {
      for (const wrong of [undefined, ...wrongs]) {
        if (wrong === null && nullIsAbsent.includes(path.join("."))) continue;
        const changed = replaced(whole, path, wrong) as JsonObject;
        if (compile(schema)(changed)) cases.push({ method, params: changed });
      }
    }
  }
  return cases;
}

/** Every place in `value`, and the properties at the root that it lacks. */
function pathsOf(value: JsonObject, schema: JsonSchema): string[][] {
  const absent = Object.keys(typeof schema === "object" ? (schema.properties ?? {}) : {})
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => [name]);
  return [...absent, ...placesIn(value)];
}

function placesIn(value: JsonValue): string[][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    [name],
    ...placesIn(inner as JsonValue).map((path) => [name, ...path]),
  ]);
}

function replaced(value: JsonValue, [name, ...rest]: string[], by: JsonValue | undefined) {
  if (name === undefined) return value;
  const copy = { ...(value as JsonObject) };
  if (rest.length > 0) copy[name] = replaced(copy[name] as JsonValue, rest, by) as JsonValue;
  else if (by === undefined) delete copy[name];
  else copy[name] = by;
  return copy;
}

const ways = REVISIONS.flatMap((revision) =>
  (["memory", "stdio"] as const).map((carrier: Carrier) => ({ revision, carrier })),
);

describe.each(ways)("wrong types in every field on $revision over $carrier", (way) => {
  test("are each refused with an error of the protocol", async () => {
    await using client = new RawClient(wireTo(way.carrier));
    if (!isModern(way.revision)) await initialize(client, way.revision);
    const cases = casesOf(way.revision);
    expect(cases.length).toBeGreaterThan(100);
    for (const { method, params } of cases) {
      const { result, error } = await client.request(method, params);
      expect([method, params, result]).toEqual([method, params, undefined]);
      expect([method, params, [-32602, -32600, -32022]]).toEqual([
        method,
        params,
        expect.arrayContaining([error?.code]),
      ]);
      expect(error?.message).not.toMatch(/\n|\bat .*:\d+/);
    }
  });
});

const opening = {
  protocolVersion: "2025-11-25",
  capabilities: { roots: { listChanged: true }, sampling: {}, elicitation: { form: {} } },
  clientInfo: { name: "raw", version: "1" },
};

describe.each(["memory", "stdio"] as const)("initialize with wrong types over %s", (carrier) => {
  test("is refused where a session is built on the field, and taken where it is not", async () => {
    await using client = new RawClient(wireTo(carrier));
    const needed = ["protocolVersion", "capabilities", "clientInfo", "name", "version"];
    for (const path of placesIn(opening)) {
      for (const wrong of [undefined, ...wrongs]) {
        const params = replaced(opening, path, wrong) as JsonObject;
        const { result, error } = await client.request("initialize", params);
        const kept = typeof wrong === typeof placeOf(opening, path) && !Array.isArray(wrong);
        const right = kept && wrong !== null && wrong !== undefined;
        if (!needed.includes(path.at(-1) ?? "")) expect(result).toBeDefined();
        else if (!right) expect([path, wrong, error?.code]).toEqual([path, wrong, -32602]);
      }
    }
  });

  test.each([null, true, 5, "yes", []])("takes %j for no capability", async (wrong) => {
    await using client = new RawClient(wireTo(carrier));
    await initialize(client, "2025-11-25", { elicitation: wrong, roots: wrong, extensions: wrong });
    const { result } = await client.request("tools/call", { name: "sure" });
    expect(result).toMatchObject({ isError: true });
  });
});

function placeOf(value: JsonValue, path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (inner as JsonObject)[name], value);
}
