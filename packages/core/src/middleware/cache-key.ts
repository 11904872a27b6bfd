import { isObject } from "../jsonrpc/message.ts";
import type { Call } from "../kernel/call.ts";
import { META } from "../protocol/index.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";

/** `private` results stay with the caller they were made for. */
export type CacheScope = "private" | "public";

/** Of `_meta`, what says how a call travels and not what it asks for. */
const TRAVEL: ReadonlySet<string> = new Set([
  META.progressToken,
  META.protocolVersion,
  META.clientCapabilities,
  META.clientInfo,
  META.logLevel,
  META.traceparent,
  META.tracestate,
  META.baggage,
]);

/**
 * Names all that a handler can see of a call but its connection and headers, which `cache` minds itself, so that two calls
 * share a result only where no handler could tell them apart; except the caller, where the result is `public`.
 */
export function cacheKey(call: Call, scope: CacheScope): string {
  const { principal } = call;
  const caller = principal && { ...principal, scopes: [...(principal.scopes ?? [])].sort() };
  const parts = [
    scope === "public" ? "public" : ["private", caller ?? null],
    call.revision,
    call.client,
    call.mayAsk,
    call.method,
    salient(call.params),
  ];
  return JSON.stringify(sorted(parts as unknown as JsonValue));
}

function salient({ _meta, ...params }: JsonObject): JsonObject {
  if (!isObject(_meta)) return params;
  const own = Object.entries(_meta).filter(([name]) => !TRAVEL.has(name));
  return own.length === 0 ? params : { ...params, _meta: Object.fromEntries(own) };
}

/** Objects as lists of entries in order of name: clients write the same params in different orders. */
function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value)) return value;
  const names = Object.keys(value)
    .filter((name) => value[name] !== undefined)
    .sort();
  return { entries: names.map((name) => [name, sorted(value[name] as JsonValue)]) };
}
