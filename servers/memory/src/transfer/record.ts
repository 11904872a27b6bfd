import { checkNewEntity, checkNewRelations, checkTags } from "../graph/check.ts";
import { distinct, USUAL_IMPORTANCE } from "../graph/combine.ts";
import { GraphError } from "../graph/error.ts";
import { numberIn } from "../graph/exact-json.ts";
import type { GraphRecord, NewEntity, NewRelation } from "../graph/types.ts";

type Fields = Record<string, unknown>;

/** An object of a file as the record it is; as `line`, foreign, where it is none that a graph can keep. */
export function recordOf(value: unknown, line: string, type = typeOf(value)): GraphRecord {
  const record = knownRecord(value, type);
  return typeof record === "string" ? foreign(line) : record;
}

/** Whether the official server can work with an object, also where a graph cannot keep it. */
export function isOfficial(value: unknown, type: "entity" | "relation"): value is object {
  return isFields(value) && (type === "entity" ? entityOf : relationOf)(value) !== undefined;
}

/** Why a line with this value is a foreign record. */
export function whyForeign(value: unknown): string {
  const record = knownRecord(value, typeOf(value));
  return typeof record === "string" ? record : NEITHER;
}

/** A record that is kept as it is. No database keeps NUL or half of a surrogate pair, which only damage leaves behind. */
export function foreign(line: string): GraphRecord {
  return { kind: "foreign", line: line.replaceAll("\0", "\ufffd").toWellFormed() };
}

/** Whether a value is an object with fields. */
export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function typeOf(value: unknown): unknown {
  return isFields(value) ? value.type : undefined;
}

/** An entity or a relation; else why it is none that a graph can keep. */
function knownRecord(value: unknown, type: unknown): GraphRecord | string {
  if (value === undefined) return "no JSON";
  if (!isFields(value)) return NEITHER;
  if (type === "entity") {
    const entity = entityOf(value);
    if (entity === undefined)
      return "name and entityType must be texts, observations a list of texts";
    return refusal(() => checkNewEntity(entity)) ?? { kind: "entity", ...entity };
  }
  if (type !== "relation") return NEITHER;
  const relation = relationOf(value);
  if (relation === undefined) return "from, to and relationType must be texts";
  return refusal(() => checkNewRelations([relation])) ?? { kind: "relation", ...relation };
}

const NEITHER = "neither entity nor relation";

function entityOf({
  type,
  name,
  entityType,
  observations,
  ...rest
}: Fields): NewEntity | undefined {
  if (typeof name !== "string" || typeof entityType !== "string") return undefined;
  if (!isTexts(observations)) return undefined;
  return { name, entityType, observations, ...marksOf(rest) };
}

function relationOf({ type, from, to, relationType, ...rest }: Fields): NewRelation | undefined {
  if (typeof from !== "string" || typeof to !== "string") return undefined;
  if (typeof relationType !== "string") return undefined;
  return { from, to, relationType, ...extraOf(rest) };
}

/** Tags and importance where they are ours; all else, also what others keep under these names, as it is. */
function marksOf({
  tags,
  importance,
  ...rest
}: Fields): Pick<NewEntity, "tags" | "importance" | "extra"> {
  const share = numberIn(importance);
  // The usual importance is never written by us.
  const isOurs = share !== undefined && share >= 0 && share <= 1 && share !== USUAL_IMPORTANCE;
  return {
    ...(areTags(tags) ? { tags } : {}),
    ...(isOurs ? { importance: share } : {}),
    ...extraOf({
      ...(areTags(tags) || tags === undefined ? {} : { tags }),
      ...(isOurs || importance === undefined ? {} : { importance }),
      ...rest,
    }),
  };
}

function areTags(value: unknown): value is string[] {
  if (!isTexts(value) || value.length === 0) return false;
  return distinct(value).length === value.length && refusal(() => checkTags(value)) === undefined;
}

function extraOf(rest: Fields): Pick<NewEntity, "extra"> {
  return Object.keys(rest).length === 0 ? {} : { extra: rest };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

/** Why a check refuses, within a sentence; nothing where it does not. */
function refusal(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (!(error instanceof GraphError)) throw error;
    return error.message.charAt(0).toLowerCase() + error.message.slice(1).replace(/\.$/, "");
  }
}
