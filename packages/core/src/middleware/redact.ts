import { isObject } from "../jsonrpc/message.ts";
import { isSecretName, maskSecrets, REDACTED } from "../kernel/secrets.ts";
import type { JsonValue } from "../schema/json-schema.ts";
import { printable } from "./printable.ts";

/** How deep into a value a log line goes, and how many entries of each object or array it shows. */
const DEEPEST = 4;
const MOST_ENTRIES = 32;

/**
 * A copy of `value` fit for a log: what a name that speaks of a secret holds is left out, text is printable, and
 * what is deep, long or wide is cut.
 */
export function redact(value: JsonValue, depth = 0): JsonValue {
  if (typeof value === "string") return printable(maskSecrets(value));
  if (typeof value !== "object" || value === null) return value;
  if (depth === DEEPEST) return "…";
  if (Array.isArray(value)) {
    const shown = value.slice(0, MOST_ENTRIES).map((one) => redact(one, depth + 1));
    return value.length > MOST_ENTRIES ? [...shown, "…"] : shown;
  }
  return isObject(value) ? redactEntries(Object.entries(value), depth) : value;
}

function redactEntries(entries: readonly (readonly [string, JsonValue])[], depth: number) {
  const shown = entries.slice(0, MOST_ENTRIES).map(([name, value]): [string, JsonValue] => {
    return [printable(name), isSecretName(name) ? REDACTED : redact(value, depth + 1)];
  });
  if (entries.length > MOST_ENTRIES) shown.push(["…", entries.length - MOST_ENTRIES]);
  return Object.fromEntries(shown);
}
