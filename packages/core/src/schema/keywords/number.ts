import { isMultiple } from "../decimal.ts";
import { readNumber, SchemaError } from "../error.ts";
import type { JsonSchemaObject } from "../json-schema.ts";
import type { Rule } from "../run.ts";
import type { Keyword } from "./builder.ts";

type Compare = (value: number, limit: number) => boolean;

function bound(keyword: string, words: string, holds: Compare): Keyword {
  return (schema: JsonSchemaObject): Rule | undefined => {
    const limit = readNumber(schema, keyword);
    if (limit === undefined) return undefined;
    const message = `must be ${words} ${limit}`;
    return (value, run) =>
      typeof value !== "number" || holds(value, limit) || run.fail(keyword, message);
  };
}

/** `minimum`: inclusive. */
export const minimum = bound("minimum", "at least", (value, limit) => value >= limit);

/** `maximum`: inclusive. */
export const maximum = bound("maximum", "at most", (value, limit) => value <= limit);

/** `exclusiveMinimum`. */
export const exclusiveMinimum = bound("exclusiveMinimum", "above", (value, limit) => value > limit);

/** `exclusiveMaximum`. */
export const exclusiveMaximum = bound("exclusiveMaximum", "below", (value, limit) => value < limit);

/** `multipleOf`, in decimal arithmetic. */
export const multipleOf: Keyword = (schema) => {
  const divisor = readNumber(schema, "multipleOf");
  if (divisor === undefined) return undefined;
  if (divisor <= 0) throw new SchemaError("multipleOf must be above 0.");
  const message = `must be a multiple of ${divisor}`;
  return (value, run) =>
    typeof value !== "number" || isMultiple(value, divisor) || run.fail("multipleOf", message);
};
