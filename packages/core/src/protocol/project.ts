import type { JsonSchema, JsonSchemaObject } from "../schema/json-schema.ts";
import type { Schema } from "../schema/standard.ts";
import { bodyOf, referenceOf } from "./catalogue.ts";
import { isPartOf } from "./derive.ts";
import { standInOf } from "./marks.ts";
import { likeness } from "./match.ts";
import type { Revision } from "./revisions.ts";

/** Rewrites a value for one revision, or answers {@link ABSENT}: the revision has no word for it. */
type Projector = (value: unknown) => unknown;
type Fields = Record<string, unknown>;

const ABSENT: unique symbol = Symbol("absent");
const unchanged: Projector = (value) => value;
const lose: Projector = () => ABSENT;
const compiled = new WeakMap<JsonSchemaObject, Map<Revision, Projector>>();

/**
 * Fits a value to `revision`: takes out the properties it does not have and puts stand-ins in place
 * of content it does not have. What only its author defines (`_meta`, structured output, schemas,
 * arguments, unknown properties) passes untouched, and so does a required value without a stand-in.
 * Never changes `value`; returns the same object when there is nothing to do.
 */
export function project<T>(schema: Schema<T>, revision: Revision, value: T): T {
  return projectorFor(schema.json, revision)(value) as T;
}

function projectorFor(json: JsonSchemaObject, revision: Revision): Projector {
  const byRevision = compiled.get(json) ?? new Map<Revision, Projector>();
  compiled.set(json, byRevision);
  const known = byRevision.get(revision);
  if (known) return known;
  // In place while its own parts are compiled, so that a definition may refer to itself.
  byRevision.set(revision, (value) => projectorFor(json, revision)(value));
  const projector = compile(json, revision) ?? unchanged;
  byRevision.set(revision, projector);
  return projector;
}

/** Undefined when `revision` has nothing to take out of such values, whatever they are. */
function compile(json: JsonSchema, revision: Revision): Projector | undefined {
  // A schema with definitions of its own is an author's, the same in every revision.
  if (typeof json === "boolean" || json.$defs) return undefined;
  const name = referenceOf(json);
  if (name !== undefined) {
    const body = bodyOf(name);
    const projector = body && projectorFor(body, revision);
    return projector === unchanged ? undefined : projector;
  }
  if (json.anyOf) return compileUnion(json.anyOf, revision);
  if (json.items !== undefined) return compileArray(json.items, revision);
  return json.type === "object" ? compileObject(json, revision) : undefined;
}

function compileObject(json: JsonSchemaObject, revision: Revision): Projector | undefined {
  const dropped: string[] = [];
  const inner: [name: string, projector: Projector, required: boolean][] = [];
  for (const [name, property] of Object.entries(json.properties ?? {})) {
    const required = json.required?.includes(name) ?? false;
    if (!required && !isPartOf(property, revision)) {
      dropped.push(name);
      continue;
    }
    const projector = compile(property, revision);
    if (projector) inner.push([name, projector, required]);
  }
  const others = compile(json.additionalProperties ?? true, revision);
  if (dropped.length === 0 && inner.length === 0 && !others) return undefined;

  return function projectObject(value) {
    if (!isRecord(value)) return value;
    let result = value;
    for (const name of dropped) {
      if (value[name] !== undefined) result = withProperty(result, value, name, ABSENT);
    }
    for (const [name, projector, required] of inner) {
      const before = value[name];
      if (before === undefined) continue;
      const after = projector(before);
      if (!(required && after === ABSENT)) result = withProperty(result, value, name, after);
    }
    return others ? projectOthers(result, value, others, json.properties ?? {}) : result;
  };
}

function projectOthers(
  projected: Fields,
  value: Fields,
  projector: Projector,
  known: Record<string, JsonSchema>,
): Fields {
  let result = projected;
  for (const [name, before] of Object.entries(value)) {
    if (Object.hasOwn(known, name)) continue;
    const after = projector(before);
    if (after !== ABSENT) result = withProperty(result, value, name, after);
  }
  return result;
}

function compileArray(items: JsonSchema, revision: Revision): Projector | undefined {
  const projector = compile(items, revision);
  if (!projector) return undefined;
  return function projectArray(value) {
    if (!Array.isArray(value)) return value;
    let changed = false;
    const items = value.map((before: unknown) => {
      const after = projector(before);
      if (after === ABSENT || after === before) return before;
      changed = true;
      return after;
    });
    return changed ? items : value;
  };
}

/** One member of a union, with what becomes of the values that are most like it. */
interface Alternative {
  /** What it refers to, where it is a reference. */
  readonly member: JsonSchema;
  readonly projector?: Projector | undefined;
}

function compileUnion(members: readonly JsonSchema[], revision: Revision): Projector | undefined {
  // A stand-in may need one itself: a lone block in place of a list, say.
  const alternatives = members.map((member) => alternativeFrom(member, revision, projectUnion));
  if (alternatives.every(({ projector }) => projector === undefined)) return undefined;
  const kept = alternatives.filter(({ projector }) => projector !== lose);
  const lost = alternatives.filter(({ projector }) => projector === lose);

  function projectUnion(value: unknown): unknown {
    // A value that fits what the revision has is not lost, however like it is to what it lacks.
    const best = mostAlike(kept, value) ?? mostAlike(lost, value);
    return best?.projector ? best.projector(value) : value;
  }
  return projectUnion;
}

function alternativeFrom(
  member: JsonSchema,
  revision: Revision,
  projectUnion: Projector,
): Alternative {
  if (typeof member === "boolean") return { member };
  const name = referenceOf(member);
  const body = name === undefined ? member : (bodyOf(name) ?? false);
  if (isPartOf(member, revision)) return { member: body, projector: compile(member, revision) };
  const standIn = body && standInOf(body);
  return { member: body, projector: standIn ? (value) => projectUnion(standIn(value)) : lose };
}

function mostAlike(alternatives: readonly Alternative[], value: unknown): Alternative | undefined {
  let best: Alternative | undefined;
  let bestLikeness = 0;
  for (const alternative of alternatives) {
    const current = likeness(alternative.member, value);
    if (current <= bestLikeness) continue;
    best = alternative;
    bestLikeness = current;
  }
  return best;
}

/** `result` with one property set or taken out; copied from `original` on the first change. */
function withProperty(result: Fields, original: Fields, name: string, value: unknown): Fields {
  if (value === original[name]) return result;
  const copy = result === original ? { ...original } : result;
  if (value === ABSENT) delete copy[name];
  else copy[name] = value;
  return copy;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
