import type { JsonSchema, JsonSchemaObject } from "../schema/json-schema.ts";
import type { Schema } from "../schema/standard.ts";
import { bodyOf, definitionNames, referenceOf } from "./catalogue.ts";
import type { Marks } from "./marks.ts";
import type { Revision } from "./revisions.ts";
import { at, within } from "./timeline.ts";

type Definitions = Record<string, JsonSchemaObject>;
type Node = JsonSchemaObject & Marks;

const bodiesIn = new Map<string, JsonSchemaObject | undefined>();
const documents = new WeakMap<JsonSchemaObject, Map<Revision, JsonSchemaObject>>();
const vocabularies = new Map<Revision, Definitions>();

/**
 * The self-contained JSON Schema of `schema` as `revision` has it: no mark left, and under `$defs`
 * only what it refers to. Derived once, then the same object again.
 * @throws {RangeError} when `revision` does not have it
 */
export function schemaFor(schema: Pick<Schema, "json">, revision: Revision): JsonSchemaObject {
  const derivedOnce = documents.get(schema.json) ?? new Map<Revision, JsonSchemaObject>();
  documents.set(schema.json, derivedOnce);
  const known = derivedOnce.get(revision);
  if (known) return known;
  const name = referenceOf(schema.json);
  const derived = derive(schema.json, revision);
  if (derived === undefined) {
    throw new RangeError(
      `MCP ${revision} has no ${name ?? "such shape"}; ask rowFor() which methods it has.`,
    );
  }
  const $defs: Definitions = {};
  collect(derived, revision, $defs);
  const document = Object.keys($defs).length > 0 ? { ...derived, $defs } : derived;
  derivedOnce.set(revision, document);
  return document;
}

/** Every named definition of one revision, as a bag for `$defs`. Derived on first use. */
export function vocabulary(revision: Revision): Readonly<Definitions> {
  const known = vocabularies.get(revision);
  if (known) return known;
  const all: Definitions = {};
  for (const name of definitionNames()) {
    const body = definitionIn(name, revision);
    if (body) all[name] = body;
  }
  vocabularies.set(revision, all);
  return all;
}

/** The plain JSON Schema `json` is in `revision`; undefined when that revision does not have it. */
export function derive(json: JsonSchemaObject, revision: Revision): JsonSchemaObject | undefined {
  const { "x-since": since, "x-until": until, "x-required": _, ...plain } = json as Node;
  if (!within({ since, until }, revision)) return undefined;
  const name = referenceOf(plain);
  if (name !== undefined) return existsIn(name, revision) ? plain : undefined;
  if (plain.anyOf) return deriveUnion(plain, plain.anyOf, revision);
  if (plain.properties) deriveProperties(plain, plain.properties, revision);
  for (const keyword of ["items", "additionalProperties"] as const) {
    const inner = plain[keyword];
    if (inner === undefined || typeof inner === "boolean") continue;
    const derived = derive(inner, revision);
    if (derived === undefined) return undefined;
    plain[keyword] = derived;
  }
  return plain;
}

/** True when `revision` has the definition `name`. */
export function existsIn(name: string, revision: Revision): boolean {
  return definitionIn(name, revision) !== undefined;
}

function definitionIn(name: string, revision: Revision): JsonSchemaObject | undefined {
  const key = `${revision} ${name}`;
  if (!bodiesIn.has(key)) {
    const body = bodyOf(name);
    // Present while its own body is derived, so that a definition may refer to itself.
    bodiesIn.set(key, body);
    bodiesIn.set(key, body && derive(body, revision));
  }
  return bodiesIn.get(key);
}

function deriveUnion(
  union: JsonSchemaObject,
  members: readonly JsonSchema[],
  revision: Revision,
): JsonSchemaObject | undefined {
  const present = members.flatMap<JsonSchema>((member) =>
    typeof member === "boolean" ? [member] : (derive(member, revision) ?? []),
  );
  if (present.length === 0) return undefined;
  const [only] = present;
  const bare = Object.keys(union).length === 1;
  if (present.length === 1 && bare && typeof only === "object") return only;
  return { ...union, anyOf: present };
}

function deriveProperties(
  object: JsonSchemaObject,
  properties: Record<string, JsonSchema>,
  revision: Revision,
): void {
  const present: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const [name, property] of Object.entries(properties)) {
    const derived = typeof property === "boolean" ? property : derive(property, revision);
    if (derived === undefined) continue;
    present[name] = derived;
    if (object.required?.includes(name) || requiredIn(property, revision)) required.push(name);
  }
  object.properties = present;
  if (required.length > 0) object.required = required;
  else delete object.required;
}

function requiredIn(property: JsonSchema, revision: Revision): boolean {
  const when = (property as Marks)["x-required"];
  return when !== undefined && at(when, revision) === true;
}

function collect(json: JsonSchema, revision: Revision, into: Definitions): void {
  if (typeof json === "boolean") return;
  const name = referenceOf(json);
  if (name !== undefined) {
    const body = definitionIn(name, revision);
    if (body === undefined || Object.hasOwn(into, name)) return;
    into[name] = body;
    collect(body, revision, into);
  }
  for (const inner of Object.values(json.properties ?? {})) collect(inner, revision, into);
  for (const inner of json.anyOf ?? []) collect(inner, revision, into);
  if (json.items !== undefined) collect(json.items, revision, into);
  if (json.additionalProperties !== undefined) collect(json.additionalProperties, revision, into);
}
