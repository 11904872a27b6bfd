import { JSON_RPC } from "../../src/jsonrpc/rpc-error.ts";
import {
  type ErrorRow,
  errors,
  InputRequiredResult,
  isModern,
  METHODS,
  PaginatedRequestParams,
  RequestId,
  type RequestRow,
  Result,
  type Revision,
  type RowInRevision,
  rowsIn,
  schemaFor,
} from "../../src/protocol/index.ts";
import { within } from "../../src/protocol/timeline.ts";
import type { JsonSchemaObject } from "../../src/schema/json-schema.ts";
import type { Schema } from "../../src/schema/standard.ts";
import { compile } from "../../src/schema/validate.ts";
import type { Definitions } from "./differences.ts";

/** From this revision on the official messages include their JSON-RPC envelope. */
const ENVELOPED: Revision = "2025-11-25";
const version = { const: "2.0" };
const id = RequestId.json;
const standardCodes = new Set<number>(Object.values(JSON_RPC));

/**
 * What the official schema also writes out and our rows imply: a definition for each message, each
 * kind of response and each error, and the unions of all that one side may send.
 */
export function wrappersOf(revision: Revision, official: Definitions): Definitions {
  const rows = [...rowsIn(METHODS, revision).values()];
  return {
    ...messages(rows, revision, official),
    PaginatedRequest: message({ type: "string" }, "request", PaginatedRequestParams, revision),
    ...errorWrappers(revision, official),
    ...sides(rows, revision),
  };
}

function messages(
  rows: readonly RowInRevision[],
  revision: Revision,
  official: Definitions,
): Definitions {
  const wrappers: Record<string, JsonSchemaObject> = {};
  for (const row of rows) {
    const name = nameOf(row.method, official);
    wrappers[name] = messageOf(row, revision);
    if (row.kind !== "request" || !isModern(revision)) continue;
    const response = name.replace(/Request$/, "ResultResponse");
    wrappers[response] = envelope({ result: answerTo(row, revision) }, true);
  }
  return wrappers;
}

/** The official name of the message `method`; it differs from the method in no regular way. */
function nameOf(method: string, official: Definitions): string {
  const found = Object.entries(official).find(
    ([, { properties }]) => (properties?.method as JsonSchemaObject | undefined)?.const === method,
  );
  return found?.[0] ?? `(message ${method})`;
}

function messageOf(row: RowInRevision, revision: Revision): JsonSchemaObject {
  return message({ const: row.method }, row.kind, row.params, revision);
}

function message(
  method: JsonSchemaObject,
  kind: RowInRevision["kind"],
  schema: Schema,
  revision: Revision,
): JsonSchemaObject {
  const { $defs, ...params } = schemaFor(schema, revision);
  const properties = { method, params };
  const required = accepts({ $defs, ...params }, {}) ? ["method"] : ["method", "params"];
  if (revision < ENVELOPED) return { type: "object", properties, required };
  return envelope(properties, kind === "request", required);
}

function accepts(schema: JsonSchemaObject, value: unknown): boolean {
  return compile(schema)(value) === undefined;
}

function envelope(
  properties: Definitions,
  identified: boolean,
  required: readonly string[] = Object.keys(properties),
): JsonSchemaObject {
  return {
    type: "object",
    properties: { jsonrpc: version, ...properties, ...(identified && { id }) },
    required: ["jsonrpc", ...required, ...(identified ? ["id"] : [])],
  };
}

function answerTo(row: RequestRow, revision: Revision): JsonSchemaObject {
  if (!row.mayAskForInput || !isModern(revision)) return row.result.json;
  return { anyOf: [InputRequiredResult.json, row.result.json] };
}

function errorWrappers(revision: Revision, official: Definitions): Definitions {
  const wrappers: Record<string, JsonSchemaObject> = {};
  if (revision >= ENVELOPED) wrappers.Error = errorBody({ type: "integer" });
  for (const row of Object.values<ErrorRow>(errors)) {
    if (row.name === undefined || !within(row, revision)) continue;
    // The schemas before 2026-07-28 leave JSON-RPC's own errors unnamed.
    if (standardCodes.has(row.code) && !isModern(revision)) continue;
    const body = errorBody({ const: row.code }, row.data && schemaFor(row.data, revision));
    const whole = official[row.name]?.properties?.error !== undefined;
    wrappers[row.name] = whole
      ? {
          type: "object",
          properties: { jsonrpc: version, id, error: body },
          required: ["jsonrpc", "error"],
        }
      : body;
  }
  return wrappers;
}

function errorBody(code: JsonSchemaObject, data?: JsonSchemaObject): JsonSchemaObject {
  return {
    type: "object",
    properties: { code, message: { type: "string" }, data: data ?? {} },
    required: data ? ["code", "message", "data"] : ["code", "message"],
  };
}

function sides(rows: readonly RowInRevision[], revision: Revision): Definitions {
  const unions: Record<string, JsonSchemaObject> = {};
  for (const [side, other, name] of [
    ["client", "server", "Client"],
    ["server", "client", "Server"],
  ] as const) {
    const sent = rows.filter(({ from }) => from === side || from === "both");
    const answered = rows.filter(({ from }) => from === other || from === "both");
    const messagesOf = (kind: RowInRevision["kind"]) =>
      sent.filter((row) => row.kind === kind).map((row) => messageOf(row, revision));
    const results = answered.flatMap((row) =>
      row.kind === "request" ? [answerTo(row, revision)] : [],
    );
    const requests = messagesOf("request");
    if (requests.length > 0) unions[`${name}Request`] = { anyOf: requests };
    unions[`${name}Notification`] = { anyOf: messagesOf("notification") };
    unions[`${name}Result`] = { anyOf: [Result.json, ...results] };
  }
  return unions;
}
