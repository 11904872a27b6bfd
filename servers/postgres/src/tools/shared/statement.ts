import { type OptionalSchema, s } from "@portico/core";
import type { Parameter } from "../../database/database.ts";

/** Values for $1, $2, … of a statement. */
export const params: OptionalSchema<unknown[]> = s.optional(
  s.array(s.unknown(), { description: "Values for $1, $2, …" }),
);

/** The handle of a transaction to work in. */
export const transaction: OptionalSchema<string> = s.optional(
  s.string({ description: "Work in this transaction, from begin_transaction" }),
);

/** The values to bind: an array is an array of PostgreSQL, an object is bound as its JSON. */
export function parametersOf(given: readonly unknown[] = []): Parameter[] {
  return given.map((value) => {
    if (Array.isArray(value)) return parametersOf(value);
    return typeof value === "object" && value !== null
      ? JSON.stringify(value)
      : (value as Parameter);
  });
}
