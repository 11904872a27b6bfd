import type { JsonObject, JsonValue } from "@portico/remote-api";

/** What is inside `value` at `path`, where all of it is objects. */
export function at(
  value: JsonValue | undefined,
  ...path: readonly string[]
): JsonValue | undefined {
  let found: JsonValue | undefined = value;
  for (const name of path) {
    if (!isObject(found) || !Object.hasOwn(found, name)) return undefined;
    found = found[name];
  }
  return found;
}

/** The objects of a list; none when it is no list. */
export function listAt(value: JsonValue | undefined, ...path: readonly string[]): JsonObject[] {
  const list = at(value, ...path);
  return Array.isArray(list) ? list.filter(isObject) : [];
}

/** A text, or a number as one. */
export function textAt(
  value: JsonValue | undefined,
  ...path: readonly string[]
): string | undefined {
  const found = at(value, ...path);
  if (typeof found === "number") return String(found);
  return typeof found === "string" && found !== "" ? found : undefined;
}

/** Members that are text whatever Brave makes of them. */
const TEXTS = new Set(["url", "title", "description", "name"]);

/** The named members that are there and say something. */
export function members(value: JsonObject, names: readonly string[]): Record<string, JsonValue> {
  const present = names
    .map((name) => [name, TEXTS.has(name) ? textAt(value, name) : at(value, name)] as const)
    .filter(
      (entry): entry is readonly [string, JsonValue] => entry[1] !== undefined && entry[1] !== null,
    );
  return Object.fromEntries(present);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
