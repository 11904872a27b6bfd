import type { Dialect, Vocabulary } from "../dialect.ts";
import * as array from "./array.ts";
import type { Keyword } from "./builder.ts";
import * as combine from "./combine.ts";
import * as number from "./number.ts";
import * as object from "./object.ts";
import * as reference from "./reference.ts";
import * as string from "./string.ts";
import * as value from "./value.ts";

const validation: readonly Keyword[] = [
  value.type,
  value.constant,
  value.enumeration,
  number.minimum,
  number.maximum,
  number.exclusiveMinimum,
  number.exclusiveMaximum,
  number.multipleOf,
  string.minLength,
  string.maxLength,
  string.pattern,
  array.minItems,
  array.maxItems,
  array.uniqueItems,
  object.minProperties,
  object.maxProperties,
  object.required,
  object.dependentRequired,
];

const applicators: readonly Keyword[] = [
  object.properties,
  object.propertyNames,
  object.dependentSchemas,
  array.contains,
  combine.allOf,
  combine.anyOf,
  combine.oneOf,
  combine.not,
  combine.conditional,
];

const byVocabulary: readonly (readonly [Vocabulary, readonly Keyword[]])[] = [
  ["validation", validation],
  ["format", [string.format]],
  ["core", [reference.ref, reference.dynamicRef]],
  ["applicator", [array.items, ...applicators]],
];

const draft07: readonly Keyword[] = [
  ...validation,
  string.format,
  array.draft07Items,
  ...applicators,
];

const known = new WeakMap<Dialect, readonly Keyword[]>();

/** The keywords a dialect applies, cheap and telling ones first. */
export function keywordsOf(dialect: Dialect): readonly Keyword[] {
  if (dialect.draft === "draft-07") return draft07;
  let keywords = known.get(dialect);
  if (!keywords) {
    keywords = byVocabulary.flatMap(([name, its]) => (dialect.vocabularies.has(name) ? its : []));
    known.set(dialect, keywords);
  }
  return keywords;
}
