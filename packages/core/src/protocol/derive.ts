import type { JsonSchema, JsonSchemaObject } from "../schema/json-schema.ts";
import type { Schema } from "../schema/standard.ts";
import { bodyOf, definitionNames, referenceOf } from "./catalogue.ts";
import type { Marks } from "./marks.ts";
import type { Revision } from "./revisions.ts";
import { at, within } from "./timeline.ts";

type Definitions = Record<string, JsonSchemaObject>;
type Node = JsonSchemaObject & Marks;

const presence = new Map<string, boolean>();
const derivedBodies = new Map<string, JsonSchemaObject>();
const documents = new WeakMap<JsonSchemaObject, Map<Revision, JsonSchemaObject>>();

/**
 * The self-contained JSON Schema of `schema` as `revision` has it: no mark left, and under `$defs`
 * only what it refers to. Derived once, then the same object again. A schema that brings its own
 * `$defs` is not part of the vocabulary and is given back as it is.
 * @throws {RangeError} when `revision` does not have it
 */
export function schemaFor(schema: Pick<Schema, "json">, revision: Revision): JsonSchemaObject {
  const { json } = schema;
  if (json.$defs) return json;
  const byRevision = documents.get(json) ?? new Map<Revision, JsonSchemaObject>();
  documents.set(json, byRevision);
  const known = byRevision.get(revision);
  if (known) return known;
  if (!isPartOf(json, revision)) {
    const name = referenceOf(json) ?? "such shape";
    throw new RangeError(`MCP ${revision} has no ${name}; ask rowFor() what the revision has.`);
  }
  const root = derive(json, revision) as JsonSchemaObject;
  const $defs: Definitions = {};
  collect(root, revision, $defs);
  const document = Object.keys($defs).length > 0 ? { ...root, $defs } : root;
  byRevision.set(revision, document);
  return document;
}

/** Every named definition of one revision, as a bag for `$defs`. */
export function vocabulary(revision: Revision): Readonly<Definitions> {
  const all: Definitions = {};
  for (const name of definitionNames()) {
    if (isDefinedIn(name, revision)) all[name] = derivedBody(name, revision);
  }
  return all;
}

/** True when `revision` has what `json` describes. */
export function isPartOf(json: JsonSchema, revision: Revision): boolean {
  if (typeof json === "boolean") return true;
  const { "x-since": since, "x-until": until } = json as Marks;
  if (!within({ since, until }, revision)) return false;
  const name = referenceOf(json);
  if (name !== undefined) return isDefinedIn(name, revision);
  if (json.anyOf) return json.anyOf.some((member) => isPartOf(member, revision));
  const { items = true, additionalProperties = true } = json;
  return isPartOf(items, revision) && isPartOf(additionalProperties, revision);
}

/** A name that is not in the catalogue is not ours to take away. */
function isDefinedIn(name: string, revision: Revision): boolean {
  const key = `${revision} ${name}`;
  const known = presence.get(key);
  if (known !== undefined) return known;
  const body = bodyOf(name);
  // True while its own body is looked at, so that a definition may refer to itself.
  presence.set(key, true);
  const present = body === undefined || isPartOf(body, revision);
  presence.set(key, present);
  return present;
}

/** The plain JSON Schema that `json`, which has to be part of `revision`, is in it. */
function derive(json: JsonSchema, revision: Revision): JsonSchema {
  if (typeof json === "boolean") return json;
  const { "x-since": _, "x-until": __, "x-required": ___, ...plain } = json as Node;
  if (plain.anyOf) return deriveUnion(plain, plain.anyOf, revision);
  if (plain.properties) deriveProperties(plain, plain.properties, revision);
  if (plain.items !== undefined) plain.items = derive(plain.items, revision);
  if (plain.additionalProperties !== undefined) {
    plain.additionalProperties = derive(plain.additionalProperties, revision);
  }
  return plain;
}

function deriveUnion(
  union: JsonSchemaObject,
  members: readonly JsonSchema[],
  revision: Revision,
): JsonSchema {
  const anyOf = members
    .filter((member) => isPartOf(member, revision))
    .map((member) => derive(member, revision));
  const [only] = anyOf;
  const alone = anyOf.length === 1 && Object.keys(union).length === 1;
  return alone && only !== undefined ? only : { ...union, anyOf };
}

function deriveProperties(
  object: JsonSchemaObject,
  properties: Record<string, JsonSchema>,
  revision: Revision,
): void {
  const present: Record<string, JsonSchema> = {};
  const required: string[] = [];
  for (const [name, property] of Object.entries(properties)) {
    if (!isPartOf(property, revision)) continue;
    present[name] = derive(property, revision);
    if (object.required?.includes(name) || requiredIn(property, revision)) required.push(name);
  }
  object.properties = present;
  if (required.length > 0) object.required = required;
  else delete object.required;
}

/** True when an object of `schema` needs no property in `revision`. Cheaper than deriving the schema. */
export function mayBeEmpty({ json }: Pick<Schema, "json">, revision: Revision): boolean {
  const name = referenceOf(json);
  const { required = [], properties = {} } = (name === undefined ? json : bodyOf(name)) ?? json;
  if (required.length > 0) return false;
  return !Object.values(properties).some((property) => requiredIn(property, revision));
}

function requiredIn(property: JsonSchema, revision: Revision): boolean {
  const when = (property as Marks)["x-required"];
  return when !== undefined && at(when, revision) === true;
}

/** Adds what `json` refers to, directly or through others, to `into`. */
function collect(json: JsonSchema, revision: Revision, into: Definitions): void {
  if (typeof json === "boolean") return;
  const name = referenceOf(json);
  if (name !== undefined && bodyOf(name) && !Object.hasOwn(into, name)) {
    const body = derivedBody(name, revision);
    into[name] = body;
    collect(body, revision, into);
  }
  const { properties = {}, anyOf = [], items = true, additionalProperties = true } = json;
  for (const inner of [...Object.values(properties), ...anyOf, items, additionalProperties]) {
    collect(inner, revision, into);
  }
}

function derivedBody(name: string, revision: Revision): JsonSchemaObject {
  const key = `${revision} ${name}`;
  const known = derivedBodies.get(key);
  if (known) return known;
  const body = derive(bodyOf(name) ?? false, revision) as JsonSchemaObject;
  derivedBodies.set(key, body);
  return body;
}
