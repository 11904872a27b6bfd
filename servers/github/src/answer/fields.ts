import type { JsonObject } from "@portico/remote-api";

/**
 * The items of a list with the named members only.
 * @throws {TypeError} for a name none of them has
 */
export function pick(items: readonly JsonObject[], fields: readonly string[]): JsonObject[] {
  const known = new Set(items.flatMap((item) => Object.keys(item)));
  const unknown = fields.find((field) => !known.has(field));
  if (unknown !== undefined && items.length > 0) {
    const names = [...known].sort().join(", ");
    throw new TypeError(`The items have no "${unknown}"; choose fields from ${names}.`);
  }
  return items.map((item) =>
    Object.fromEntries(Object.entries(item).filter(([name]) => fields.includes(name))),
  );
}
