import { s } from "../schema/build.ts";
import type { Output } from "../schema/standard.ts";
import { type Definition, define } from "./define.ts";
import { since } from "./marks.ts";

const labelFields = { title: s.optional(s.string()), description: s.optional(s.string()) };

const stringSchema = define("StringSchema", () =>
  since(
    "2025-06-18",
    s.object({
      ...labelFields,
      type: s.literal("string"),
      minLength: s.optional(s.integer()),
      maxLength: s.optional(s.integer()),
      format: s.optional(s.enum(["email", "uri", "date", "date-time"])),
      default: since("2025-11-25", s.string()),
    }),
  ),
);
/** A line of text in a form. */
export interface StringSchema extends Output<typeof stringSchema> {}
export const StringSchema: Definition<StringSchema> = stringSchema;

const numberSchema = define("NumberSchema", () =>
  since(
    "2025-06-18",
    s.object({
      ...labelFields,
      type: s.enum(["number", "integer"]),
      minimum: s.optional(s.number()),
      maximum: s.optional(s.number()),
      default: since("2025-11-25", s.number()),
    }),
  ),
);
/** A number in a form. */
export interface NumberSchema extends Output<typeof numberSchema> {}
export const NumberSchema: Definition<NumberSchema> = numberSchema;

const booleanSchema = define("BooleanSchema", () =>
  since(
    "2025-06-18",
    s.object({ ...labelFields, type: s.literal("boolean"), default: s.optional(s.boolean()) }),
  ),
);
/** A yes or no in a form. */
export interface BooleanSchema extends Output<typeof booleanSchema> {}
export const BooleanSchema: Definition<BooleanSchema> = booleanSchema;

const oneFields = {
  ...labelFields,
  type: s.literal("string"),
  default: since("2025-11-25", s.string()),
};
const severalFields = {
  ...labelFields,
  type: s.literal("array"),
  minItems: s.optional(s.integer()),
  maxItems: s.optional(s.integer()),
  default: s.optional(s.array(s.string())),
};
const titledChoices = s.array(s.object({ const: s.string(), title: s.string() }));

const untitledSingleSelectEnumSchema = define("UntitledSingleSelectEnumSchema", () =>
  since("2025-11-25", s.object({ ...oneFields, enum: s.array(s.string()) })),
);
/** One of several values. */
export interface UntitledSingleSelectEnumSchema
  extends Output<typeof untitledSingleSelectEnumSchema> {}
export const UntitledSingleSelectEnumSchema: Definition<UntitledSingleSelectEnumSchema> =
  untitledSingleSelectEnumSchema;

const titledSingleSelectEnumSchema = define("TitledSingleSelectEnumSchema", () =>
  since(
    "2025-11-25",
    s.object({ ...oneFields, oneOf: titledChoices }),
    ({ oneOf, default: _, ...rest }): LegacyTitledEnumSchema => ({
      ...rest,
      enum: oneOf.map((choice) => choice.const),
      enumNames: oneOf.map((choice) => choice.title),
    }),
  ),
);
/** One of several values, each shown under a title. 2025-06-18 gets it as `enumNames`. */
export interface TitledSingleSelectEnumSchema extends Output<typeof titledSingleSelectEnumSchema> {}
export const TitledSingleSelectEnumSchema: Definition<TitledSingleSelectEnumSchema> =
  titledSingleSelectEnumSchema;

const legacyTitledEnumSchema = define("LegacyTitledEnumSchema", () =>
  since(
    "2025-06-18",
    s.object({
      ...oneFields,
      enum: s.array(s.string()),
      enumNames: s.optional(s.array(s.string())),
    }),
  ),
);
/** One of several values, titled the way 2025-06-18 did; later revisions keep it for its sake. */
export interface LegacyTitledEnumSchema extends Output<typeof legacyTitledEnumSchema> {}
export const LegacyTitledEnumSchema: Definition<LegacyTitledEnumSchema> = legacyTitledEnumSchema;

const untitledMultiSelectEnumSchema = define("UntitledMultiSelectEnumSchema", () =>
  since(
    "2025-11-25",
    s.object({
      ...severalFields,
      items: s.object({ type: s.literal("string"), enum: s.array(s.string()) }),
    }),
  ),
);
/** Any number of several values. */
export interface UntitledMultiSelectEnumSchema
  extends Output<typeof untitledMultiSelectEnumSchema> {}
export const UntitledMultiSelectEnumSchema: Definition<UntitledMultiSelectEnumSchema> =
  untitledMultiSelectEnumSchema;

const titledMultiSelectEnumSchema = define("TitledMultiSelectEnumSchema", () =>
  since("2025-11-25", s.object({ ...severalFields, items: s.object({ anyOf: titledChoices }) })),
);
/** Any number of several values, each shown under a title. */
export interface TitledMultiSelectEnumSchema extends Output<typeof titledMultiSelectEnumSchema> {}
export const TitledMultiSelectEnumSchema: Definition<TitledMultiSelectEnumSchema> =
  titledMultiSelectEnumSchema;

const singleSelectEnumSchema = define("SingleSelectEnumSchema", () =>
  since("2025-11-25", s.union([UntitledSingleSelectEnumSchema, TitledSingleSelectEnumSchema])),
);
/** One of several values. */
export type SingleSelectEnumSchema = Output<typeof singleSelectEnumSchema>;
export const SingleSelectEnumSchema: Definition<SingleSelectEnumSchema> = singleSelectEnumSchema;

const multiSelectEnumSchema = define("MultiSelectEnumSchema", () =>
  since("2025-11-25", s.union([UntitledMultiSelectEnumSchema, TitledMultiSelectEnumSchema])),
);
/** Any number of several values. */
export type MultiSelectEnumSchema = Output<typeof multiSelectEnumSchema>;
export const MultiSelectEnumSchema: Definition<MultiSelectEnumSchema> = multiSelectEnumSchema;

const enumSchema = define("EnumSchema", () =>
  since(
    "2025-06-18",
    s.union([
      UntitledSingleSelectEnumSchema,
      TitledSingleSelectEnumSchema,
      UntitledMultiSelectEnumSchema,
      TitledMultiSelectEnumSchema,
      LegacyTitledEnumSchema,
    ]),
  ),
);
/** A choice in a form. */
export type EnumSchema = Output<typeof enumSchema>;
export const EnumSchema: Definition<EnumSchema> = enumSchema;

const primitiveSchemaDefinition = define("PrimitiveSchemaDefinition", () =>
  since("2025-06-18", s.union([StringSchema, NumberSchema, BooleanSchema, EnumSchema])),
);
/** One field of a form: forms are flat. */
export type PrimitiveSchemaDefinition = Output<typeof primitiveSchemaDefinition>;
export const PrimitiveSchemaDefinition: Definition<PrimitiveSchemaDefinition> =
  primitiveSchemaDefinition;
