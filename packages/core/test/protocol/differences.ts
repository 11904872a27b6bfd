import type { Revision } from "../../src/protocol/index.ts";
import type { JsonSchema, JsonSchemaObject } from "../../src/schema/json-schema.ts";

/** The definitions of one revision, by name. */
export type Definitions = Readonly<Record<string, JsonSchemaObject>>;

/** A place where we mean something else than the official schema says, and why. */
export interface Difference {
  readonly reason: string;
  readonly revisions: readonly Revision[];
  /** The official definitions as we mean them. */
  readonly adjust: (official: Definitions) => Definitions;
}

/** Every deliberate difference; whatever is not here has to be equal. */
export const differences: readonly Difference[] = [
  {
    reason:
      "The generator leaves out the inherited `_meta` where params are written in place, although the types it reads declare it.",
    revisions: ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"],
    adjust: withInheritedMeta,
  },
  {
    reason:
      "The schema's JSONValue knows neither null nor fractions, and whatever was parsed from JSON is a JSON value anyway.",
    revisions: ["2026-07-28"],
    adjust: (official) => ({
      ...official,
      JSONValue: {},
      JSONObject: { type: "object" },
      JSONArray: { type: "array" },
    }),
  },
  {
    reason:
      "Params that may be empty may be left out: rows say so once for all messages, this one included.",
    revisions: ["2025-11-25"],
    adjust: ({ CancelledNotification, ...others }) => ({
      ...others,
      CancelledNotification: { ...CancelledNotification, required: ["jsonrpc", "method"] },
    }),
  },
  {
    reason: "The reference was renamed in 2025-06-18; we use its later name throughout.",
    revisions: ["2024-11-05", "2025-03-26"],
    adjust: ({ ResourceReference, ...others }) => ({
      ...others,
      ResourceTemplateReference: ResourceReference as JsonSchemaObject,
      CompleteRequest: JSON.parse(
        JSON.stringify(others.CompleteRequest).replace(
          "ResourceReference",
          "ResourceTemplateReference",
        ),
      ),
    }),
  },
];

const envelope = "the envelope: jsonrpc/message.ts, compared in envelope.test.ts";

/** Names of the official schema that we have elsewhere, and where. */
export const elsewhere: Readonly<Record<string, string>> = {
  Request: envelope,
  Notification: envelope,
  JSONRPCMessage: envelope,
  JSONRPCRequest: envelope,
  JSONRPCNotification: envelope,
  JSONRPCResponse: envelope,
  JSONRPCResultResponse: envelope,
  JSONRPCErrorResponse: envelope,
  JSONRPCError: envelope,
  JSONRPCBatchRequest: "an array of messages, split where messages are received",
  JSONRPCBatchResponse: "an array of messages, joined where messages are sent",
  JSONValue: "JsonValue in schema/json-schema.ts",
  JSONObject: "JsonObject in schema/json-schema.ts",
  JSONArray: "JsonValue in schema/json-schema.ts",
};

/** The official definitions of `revision` with every difference applied. */
export function asWeMeanThem(official: Definitions, revision: Revision): Definitions {
  return differences
    .filter(({ revisions }) => revisions.includes(revision))
    .reduce((definitions, { adjust }) => adjust(definitions), official);
}

function withInheritedMeta(official: Definitions): Definitions {
  return Object.fromEntries(
    Object.entries(official).map(([name, definition]) => {
      const { method, params } = definition.properties ?? {};
      const inherited = inheritedMeta(official, name.endsWith("Notification"));
      if (!method || !hasFields(params) || "_meta" in params.properties) return [name, definition];
      const whole = { ...params, properties: { ...params.properties, _meta: inherited } };
      return [name, { ...definition, properties: { ...definition.properties, params: whole } }];
    }),
  );
}

function inheritedMeta(official: Definitions, isNotification: boolean): JsonSchema {
  const message = official[isNotification ? "Notification" : "Request"];
  const params = official[isNotification ? "NotificationParams" : "RequestParams"];
  const base = params ?? message?.properties?.params;
  return hasFields(base) ? (base.properties._meta ?? {}) : {};
}

function hasFields(
  schema: JsonSchema | undefined,
): schema is JsonSchemaObject & { properties: Record<string, JsonSchema> } {
  return typeof schema === "object" && schema.properties !== undefined;
}
