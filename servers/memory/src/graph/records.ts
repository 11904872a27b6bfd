import { USUAL_IMPORTANCE } from "./combine.ts";
import { linesIn } from "./lines.ts";
import type { EntityDetails, Extra, Extras, GraphRecord, Relation } from "./types.ts";

/**
 * An entity as it is exported: a record, and one more for each line that contradicted it. What others kept under the
 * name of a mark goes out until the mark is set.
 */
export function* entityRecords(entity: EntityDetails): Iterable<GraphRecord> {
  const { name, entityType, facts, tags, importance } = entity;
  const [own, ...others] = linesIn(entity.extra);
  const marks = {
    ...(tags.length === 0 ? {} : { tags }),
    ...(importance === USUAL_IMPORTANCE ? {} : { importance }),
  };
  const shown = Object.entries(own).filter(([key]) => !Object.hasOwn(marks, key));
  const observations = facts.map(({ text }) => text);
  const fields = { ...marks, ...extraOf(Object.fromEntries(shown)) };
  yield { kind: "entity", name, entityType, observations, ...fields };
  for (const { entityType, ...extra } of others) {
    const line = { name, entityType: String(entityType), observations: [], ...extraOf(extra) };
    yield { kind: "entity", ...line, again: true };
  }
}

/** A relation as it is exported: a record, and one more for each line that contradicted it. */
export function* relationRecords(
  { from, to, relationType }: Relation,
  extras: Extras | undefined,
): Iterable<GraphRecord> {
  const [own, ...others] = linesIn(extras);
  yield { kind: "relation", from, to, relationType, ...extraOf(own) };
  for (const extra of others) {
    yield { kind: "relation", from, to, relationType, ...extraOf(extra), again: true };
  }
}

function extraOf(extra: Extra): { extra?: Extra } {
  return Object.keys(extra).length === 0 ? {} : { extra };
}
