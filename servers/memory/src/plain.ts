import type { EntityDetails, Relation } from "./graph/types.ts";

/** An entity as the official server writes it. */
export interface PlainEntity {
  name: string;
  entityType: string;
  observations: string[];
}

/** The official form of a relation, without what a store or a caller may know besides. */
export function plainRelation({ from, to, relationType }: Relation): {
  from: string;
  to: string;
  relationType: string;
} {
  return { from, to, relationType };
}

/** The official form of an entity, with `observations`. */
export function plainEntity(
  { name, entityType }: { readonly name: string; readonly entityType: string },
  observations: readonly string[],
): PlainEntity {
  return { name, entityType, observations: [...observations] };
}

/** The official form of an entity with all its facts. */
export function plainDetails(details: EntityDetails): PlainEntity {
  return plainEntity(
    details,
    details.facts.map(({ text }) => text),
  );
}
