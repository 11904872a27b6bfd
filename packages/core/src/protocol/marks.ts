import { jsonSchema, type OptionalSchema, s } from "../schema/build.ts";
import type { JsonSchemaObject } from "../schema/json-schema.ts";
import type { Output, Schema } from "../schema/standard.ts";
import type { Revision } from "./revisions.ts";
import { before, type Timeline } from "./timeline.ts";

/** What a schema of the vocabulary says about revisions, beside its JSON Schema keywords. */
export interface Marks {
  readonly "x-since"?: Revision;
  readonly "x-until"?: Revision;
  readonly "x-required"?: Timeline<boolean>;
}

/** Gives, for a value a revision has no word for, the nearest thing it has. */
export type StandIn<T = unknown> = (value: T) => unknown;

const standIns = new WeakMap<JsonSchemaObject, StandIn>();

/** The stand-in registered for `node`, if any. */
export function standInOf(node: JsonSchemaObject): StandIn | undefined {
  return standIns.get(node);
}

/**
 * Marks a property, union member or definition that exists from `revision` on.
 * @param standIn what earlier revisions are given instead, where it is a member of a union
 */
export function since<T>(
  revision: Revision,
  schema: Schema<T>,
  standIn?: (value: T) => unknown,
): OptionalSchema<T> {
  const marked = mark(schema, { "x-since": revision });
  if (standIn) standIns.set(marked.json, standIn as StandIn);
  return marked;
}

/** Marks a property or union member whose last revision is `revision`. */
export function until<T>(revision: Revision, schema: Schema<T>): OptionalSchema<T> {
  return mark(schema, { "x-until": revision });
}

/** Marks a property as one that only some revisions require; its TypeScript type stays optional. */
export function required<T>(when: Timeline<boolean>, schema: Schema<T>): OptionalSchema<T> {
  return mark(schema, { "x-required": when });
}

/** A schema that has changed: each entry of `shapes` holds from its revision until the next. */
export function changed<S extends Timeline<Schema<unknown>>>(
  shapes: S,
): Schema<Output<NonNullable<S[keyof S]>>> {
  const starts = Object.keys(shapes).sort() as Revision[];
  const members = starts.map((start, index) => {
    const next = starts[index + 1];
    const span = { "x-since": start, ...(next && { "x-until": before(next) }) };
    return { ...shapes[start]?.json, ...span };
  });
  return jsonSchema({ anyOf: members });
}

/** Types an object that may carry keys of anyone's choosing; on the wire every object may. */
export function open<T>(schema: Schema<T>): Schema<T & { [key: string]: unknown }> {
  return schema as Schema<T & { [key: string]: unknown }>;
}

function mark<T>(schema: Schema<T>, marks: Marks): OptionalSchema<T> {
  const json = { ...schema.json, ...marks };
  const standIn = standIns.get(schema.json);
  if (standIn) standIns.set(json, standIn);
  return s.optional(jsonSchema<T>(json));
}
