import type { JsonSchemaObject } from "../json-schema.ts";
import type { Resource } from "../registry.ts";
import type { Rule } from "../run.ts";

/** What the keywords of one schema object are compiled with. */
export interface Builder {
  /** The resource the schema belongs to: the base of its references. */
  readonly resource: Resource;
  /** Compiles a subschema found under `keyword`; throws if it is no schema. */
  child(schema: unknown, keyword: string): Rule;
  /** A rule that applies the schema `reference` leads to. */
  reference(reference: string): Rule;
  /** A rule that applies the outermost schema of the dynamic scope with the reference's anchor. */
  dynamicReference(reference: string): Rule;
  /** The check for a `format`, where formats are asserted. */
  format(name: string): ((text: string) => boolean) | undefined;
}

/** Compiles one keyword, or a few that belong together; undefined where the schema has none of them. */
export type Keyword = (schema: JsonSchemaObject, builder: Builder) => Rule | undefined;
