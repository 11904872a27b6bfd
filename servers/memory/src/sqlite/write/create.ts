import { distinct, distinctEntities, distinctRelations } from "../../graph/combine.ts";
import type { NewEntity, NewRelation, Relation } from "../../graph/types.ts";
import { extrasColumn } from "../extras.ts";
import type { EntityRow, Write } from "./batch.ts";
import { addEntity, refuseUnknown } from "./entity-rows.ts";
import { findObservation, observe } from "./observation-rows.ts";
import { tie } from "./relation-rows.ts";

/** Creates what does not exist. @returns the names that were created */
export function createEntities(write: Write, entities: readonly NewEntity[]): string[] {
  const created: string[] = [];
  for (const entity of distinctEntities(entities)) {
    const known = write.named(entity.name);
    if (known !== undefined && known.type !== null) continue;
    createEntity(write, entity, known);
    created.push(entity.name);
  }
  return created;
}

/** Relates entities that exist. @returns the relations that were created */
export function createRelations(write: Write, relations: readonly NewRelation[]): Relation[] {
  const ends = entitiesNamed(
    write,
    relations.flatMap(({ from, to }) => [from, to]),
  );
  const created: Relation[] = [];
  for (const { from, to, relationType, extra } of distinctRelations(relations)) {
    const source = (ends.get(from) as EntityRow).id;
    const target = (ends.get(to) as EntityRow).id;
    if (tie(write, { source, target, type: relationType, extra: extrasColumn(extra) })) {
      created.push({ from, to, relationType });
    }
  }
  return created;
}

/** Adds facts to entities that exist. @returns which were added to each */
export function addObservations(
  write: Write,
  items: readonly { readonly entityName: string; readonly contents: readonly string[] }[],
): { entityName: string; addedObservations: string[] }[] {
  const entities = entitiesNamed(
    write,
    items.map(({ entityName }) => entityName),
  );
  return items.map(({ entityName, contents }) => {
    const { id } = entities.get(entityName) as EntityRow;
    const added = distinct(contents).filter(
      (text) => findObservation(write, id, text) === undefined,
    );
    for (const text of added) observe(write, id, text);
    return { entityName, addedObservations: added };
  });
}

/** Entities by name. @throws {GraphError} `unknown-entity`, naming all that do not exist */
export function entitiesNamed(write: Write, names: readonly string[]): Map<string, EntityRow> {
  const rows = new Map<string, EntityRow>();
  const unknown: string[] = [];
  for (const name of distinct(names)) {
    const row = write.entity(name);
    if (row === undefined) unknown.push(name);
    else rows.set(name, row);
  }
  refuseUnknown(unknown);
  return rows;
}

function createEntity(write: Write, entity: NewEntity, place: EntityRow | undefined): void {
  const since = write.nextChange;
  const id = addEntity(write, entity, place, since);
  write.record("create-entity", id, { detail: entity.entityType });
  for (const text of entity.observations) observe(write, id, text);
}
