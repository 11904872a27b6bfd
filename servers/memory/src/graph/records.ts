import { USUAL_IMPORTANCE } from "./combine.ts";
import type { EntityDetails, Extra, GraphRecord, Relation } from "./types.ts";

/** An entity as it is exported. What others kept under the name of a mark goes out until the mark is set. */
export function entityRecord(entity: EntityDetails): GraphRecord {
  const { name, entityType, facts, tags, importance, extra } = entity;
  const marks = {
    ...(tags.length === 0 ? {} : { tags }),
    ...(importance === USUAL_IMPORTANCE ? {} : { importance }),
  };
  const observations = facts.map(({ text }) => text);
  const others = Object.entries(extra ?? {}).filter(([key]) => !Object.hasOwn(marks, key));
  return {
    kind: "entity",
    name,
    entityType,
    observations,
    ...marks,
    ...extraOf(Object.fromEntries(others)),
  };
}

/** A relation as it is exported. */
export function relationRecord(
  { from, to, relationType }: Relation,
  extra: Extra | undefined,
): GraphRecord {
  return { kind: "relation", from, to, relationType, ...extraOf(extra ?? {}) };
}

function extraOf(extra: Extra): { extra?: Extra } {
  return Object.keys(extra).length === 0 ? {} : { extra };
}
