import { checkTags } from "../../graph/check.ts";
import { distinct, USUAL_IMPORTANCE, updateDetail, updatedTags } from "../../graph/combine.ts";
import { GraphError } from "../../graph/error.ts";
import { merged } from "../../graph/lines.ts";
import type { EntityUpdate } from "../../graph/types.ts";
import type { EntityRow, Write } from "./batch.ts";
import { entitiesNamed } from "./create.ts";
import {
  changeEntity,
  endEntity,
  freePlace,
  loseRelations,
  mark,
  markedOf,
  putEntity,
  refuseUnknown,
  tagsColumn,
  tagsOf,
  takePlace,
} from "./entity-rows.ts";
import { addObservation, findObservation, observationsOf } from "./observation-rows.ts";
import { regainRelations, tie } from "./relation-rows.ts";

/** Changes what is said of entities, one after the other. */
export function updateEntities(write: Write, updates: readonly EntityUpdate[]): void {
  for (const update of updates) updateEntity(write, update);
}

/** Makes one entity of several. */
export function mergeEntities(write: Write, into: string, from: readonly string[]): void {
  if (from.includes(into)) {
    throw new GraphError(
      "invalid",
      `${JSON.stringify(into)} cannot be merged into itself; leave it out.`,
    );
  }
  const entities = entitiesNamed(write, [into, ...from]);
  for (const name of distinct(from)) {
    // Read anew: the one before may have brought something.
    mergeOne(write, write.entity(into) as EntityRow, entities.get(name) as EntityRow);
  }
}

/** Brings back what was deleted or merged away. @returns the names that were brought back */
export function restoreEntities(write: Write, names: readonly string[]): string[] {
  return distinct(names).filter((name) => {
    const place = write.named(name);
    if (place !== undefined && place.type !== null) return false;
    const last = lastDeleted(write, name);
    if (last === undefined) return false;
    const since = write.record("restore", last.id);
    freePlace(write, place, since);
    putEntity(write, { ...last, since });
    takePlace(write, place, last.id);
    regainRelations(write, last.id);
    return true;
  });
}

function updateEntity(write: Write, update: EntityUpdate): void {
  const before = write.entity(update.name);
  if (before === undefined) return refuseUnknown([update.name]);
  const described = {
    name: before.name,
    entityType: before.type ?? "",
    tags: tagsOf(before.tags),
    importance: before.importance ?? USUAL_IMPORTANCE,
  };
  const detail = updateDetail(described, update);
  if (detail === "") return;
  const name = update.newName ?? before.name;
  const place = name === before.name ? undefined : write.named(name);
  if (place !== undefined && place.type !== null) {
    throw new GraphError(
      "exists",
      `An entity is named ${JSON.stringify(name)} already; merge the two, or use another name.`,
    );
  }
  const tags = updatedTags(described.tags, update);
  checkTags(tags);
  const since = write.record("update-entity", before.id, { detail });
  freePlace(write, place, since);
  changeEntity(write, before, {
    ...before,
    name,
    type: update.entityType ?? before.type,
    tags: tagsColumn(tags),
    importance: update.importance ?? before.importance,
    since,
  });
  takePlace(write, place, before.id);
}

function mergeOne(write: Write, into: EntityRow, from: EntityRow): void {
  const since = write.record("merge-entity", into.id, { other: from.id, detail: from.name });
  const fresh = observationsOf(write, from.id).filter(
    ({ text }) => findObservation(write, into.id, text) === undefined,
  );
  for (const { text, origin } of fresh) {
    addObservation(write, { entity: into.id, text, origin, since });
  }
  const before = markedOf(into);
  const after = merged(before, markedOf(from));
  checkTags(after.tags);
  if (after !== before) mark(write, into, after, since);
  endEntity(write, from, since);
  const moved = (end: number) => (end === from.id ? into.id : end);
  for (const relation of loseRelations(write, from.id)) {
    if (relation.source === into.id || relation.target === into.id) continue;
    const ends = { source: moved(relation.source), target: moved(relation.target) };
    tie(write, { ...relation, ...ends });
  }
}

/** The entity that had a name when it was deleted, the last of them. */
function lastDeleted(write: Write, name: string): EntityRow | undefined {
  if (!write.begun) return undefined;
  return write.connection.get<EntityRow>(
    `SELECT p.id, p.graph, p.name, p.type, p.tags, p.importance, p.extra, p.created, p.since
     FROM entity_past p
     WHERE p.graph = :graph AND p.name = :name AND p.type IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM entity e WHERE e.id = p.id)
       AND NOT EXISTS (SELECT 1 FROM entity_past l WHERE l.id = p.id AND l.until > p.until)
     ORDER BY p.until DESC LIMIT 1`,
    { graph: write.graph, name },
  );
}
