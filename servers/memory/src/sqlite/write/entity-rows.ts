import { USUAL_IMPORTANCE } from "../../graph/combine.ts";
import { GraphError } from "../../graph/error.ts";
import type { Marked } from "../../graph/lines.ts";
import type { NewEntity } from "../../graph/types.ts";
import { extrasColumn, extrasOf } from "../extras.ts";
import type { EntityRow, Write } from "./batch.ts";
import { endRelation, relationsAt, tie } from "./relation-rows.ts";

/** Adds an entity that does not exist, without facts; `place` is the name relations point to already. */
export function addEntity(
  write: Write,
  entity: Omit<NewEntity, "observations">,
  place: EntityRow | undefined,
  since: number,
): number {
  if (place !== undefined) keepPast(write, place, since);
  const id = place?.id ?? write.newEntity();
  putEntity(write, {
    id,
    graph: write.graph,
    name: entity.name,
    type: entity.entityType,
    tags: tagsColumn(entity.tags ?? []),
    importance: entity.importance ?? null,
    extra: extrasColumn(entity.extra),
    created: since,
    since,
  });
  return id;
}

/** Adds a name for relations to point to, which is no entity. */
export function addPlace(write: Write, name: string, since: number): number {
  const id = write.newEntity();
  const nothing = { type: null, tags: null, importance: null, extra: null };
  putEntity(write, { id, graph: write.graph, name, ...nothing, created: since, since });
  return id;
}

/** Replaces an entity by what it is from `since` on. */
export function changeEntity(write: Write, before: EntityRow, after: EntityRow): void {
  keepPast(write, before, after.since);
  putEntity(write, after);
}

/** Ends an entity; its facts go out of sight with it. */
export function endEntity(write: Write, entity: EntityRow, until: number): void {
  keepPast(write, entity, until);
  write.connection.run("DELETE FROM entity WHERE id = :id", { id: entity.id });
  write.batch.touch(entity.id);
}

/**
 * Ends all relations of an entity, for as long as that is gone.
 * @returns them as they were
 */
export function loseRelations(write: Write, entity: number) {
  const relations = relationsAt(write, entity);
  for (const relation of relations) endRelation(write, relation, true);
  return relations;
}

/** Leads relations that pointed to a mere name to the entity that has the name now. */
export function takePlace(write: Write, place: EntityRow | undefined, entity: number): void {
  if (place === undefined || place.id === entity) return;
  for (const relation of relationsAt(write, place.id)) {
    endRelation(write, relation, false);
    const moved = (end: number) => (end === place.id ? entity : end);
    tie(write, { ...relation, source: moved(relation.source), target: moved(relation.target) });
  }
}

/** Frees a name that only relations point to, for `takePlace`. */
export function freePlace(write: Write, place: EntityRow | undefined, until: number): void {
  if (place !== undefined) endEntity(write, place, until);
}

/** @throws {GraphError} `unknown-entity`, naming all of them */
export function refuseUnknown(names: readonly string[]): void {
  if (names.length === 0) return;
  const shown = [...new Set(names)].slice(0, 50).map((name) => JSON.stringify(name));
  const more = names.length > 50 ? " and others" : "";
  throw new GraphError(
    "unknown-entity",
    `No entity is named ${shown.join(", ")}${more}; create it first, or search for its exact name.`,
  );
}

/** What an entity is besides its name and its observations. */
export function markedOf({ type, tags, importance, extra }: EntityRow): Marked {
  return {
    entityType: type ?? "",
    tags: tagsOf(tags),
    importance: importance ?? USUAL_IMPORTANCE,
    extra: extrasOf(extra),
  };
}

/** Changes what an entity is besides its name and its observations. */
export function mark(write: Write, before: EntityRow, after: Marked, since: number): void {
  const { tags, importance, extra } = after;
  changeEntity(write, before, {
    ...before,
    type: after.entityType,
    tags: tagsColumn(tags),
    importance: importance === USUAL_IMPORTANCE ? before.importance : importance,
    extra: extrasColumn(extra),
    since,
  });
}

/** Tags as they are stored. */
export function tagsColumn(tags: readonly string[]): string | null {
  return tags.length === 0 ? null : JSON.stringify(tags);
}

/** Tags as they are read. */
export function tagsOf(column: string | null): string[] {
  return column === null ? [] : (JSON.parse(column) as string[]);
}

/** Stores an entity as it is from `since` on, in place of what it was. */
export function putEntity(write: Write, row: EntityRow): void {
  write.connection.run(
    `INSERT INTO entity (id, graph, name, type, tags, importance, extra, created, since)
     VALUES (:id, :graph, :name, :type, :tags, :importance, :extra, :created, :since)
     ON CONFLICT (id) DO UPDATE SET
       name = excluded.name, type = excluded.type, tags = excluded.tags,
       importance = excluded.importance, extra = excluded.extra,
       created = excluded.created, since = excluded.since`,
    { ...row },
  );
  write.batch.touch(row.id);
}

function keepPast(write: Write, row: EntityRow, until: number): void {
  write.connection.run(
    `INSERT INTO entity_past
       (id, graph, name, type, tags, importance, extra, created, since, until)
     VALUES (:id, :graph, :name, :type, :tags, :importance, :extra, :created, :since, :until)`,
    { ...row, until },
  );
}
