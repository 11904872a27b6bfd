import { checkNewEntity, checkNewRelations, checkTags } from "../graph/check.ts";
import { distinct, USUAL_IMPORTANCE } from "../graph/combine.ts";
import { GraphError } from "../graph/error.ts";
import { numberIn } from "../graph/exact-json.ts";
import type { GraphRecord, NewEntity, NewRelation } from "../graph/types.ts";

type Fields = Record<string, unknown>;

/** An object of a file as the record it is; as `line`, foreign, where it is none that a graph can keep. */
export function recordOf(value: unknown, line: string, type = typeOf(value)): GraphRecord {
  const record = isFields(value) ? knownRecord(value, type) : undefined;
  return record ?? foreign(line);
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

function knownRecord(fields: Fields, type: unknown): GraphRecord | undefined {
  if (type === "entity") {
    const entity = entityOf(fields);
    return entity !== undefined && isKept(() => checkNewEntity(entity))
      ? { kind: "entity", ...entity }
      : undefined;
  }
  if (type !== "relation") return undefined;
  const relation = relationOf(fields);
  return relation !== undefined && isKept(() => checkNewRelations([relation]))
    ? { kind: "relation", ...relation }
    : undefined;
}

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
  return distinct(value).length === value.length && isKept(() => checkTags(value));
}

function extraOf(rest: Fields): Pick<NewEntity, "extra"> {
  return Object.keys(rest).length === 0 ? {} : { extra: rest };
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}

function isKept(check: () => void): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (error instanceof GraphError) return false;
    throw error;
  }
}
