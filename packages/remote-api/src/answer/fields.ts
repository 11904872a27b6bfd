import type { JsonObject, JsonValue } from "./json.ts";

/**
 * The chosen parts of a value: `title`, `user.login`, and of a list the same parts of each of its items. Names that
 * do not occur are passed over.
 */
export function pick(value: JsonValue, fields: readonly string[]): JsonValue {
  if (Array.isArray(value)) return value.map((item) => pick(item, fields));
  if (typeof value !== "object" || value === null) return value;
  const chosen = new Map<string, string[]>();
  for (const field of fields) {
    const [first = "", ...rest] = field.split(".");
    chosen.set(first, [...(chosen.get(first) ?? []), rest.join(".")]);
  }
  const object = value as JsonObject;
  const picked = [...chosen]
    .filter(([name]) => Object.hasOwn(object, name))
    .map(([name, rest]) => [name, rest.includes("") ? object[name] : pick(object[name]!, rest)]);
  return Object.fromEntries(picked) as JsonObject;
}
