import { distinct } from "../../graph/combine.ts";
import type { Relation } from "../../graph/types.ts";
import type { Write } from "./batch.ts";
import { endEntity, loseRelations } from "./entity-rows.ts";
import { endObservation, findObservation } from "./observation-rows.ts";
import { endRelation, findRelation } from "./relation-rows.ts";

/** Ends entities with their relations. @returns the names that were ended */
export function deleteEntities(write: Write, names: readonly string[]): string[] {
  const ended: string[] = [];
  for (const name of distinct(names)) {
    const entity = write.entity(name);
    if (entity === undefined) continue;
    endEntity(write, entity, write.record("delete-entity", entity.id));
    loseRelations(write, entity.id);
    ended.push(name);
  }
  return ended;
}

/** Ends facts. @returns how many */
export function deleteObservations(
  write: Write,
  items: readonly { readonly entityName: string; readonly observations: readonly string[] }[],
): number {
  let ended = 0;
  for (const { entityName, observations } of items) {
    const entity = write.entity(entityName);
    if (entity === undefined) continue;
    for (const text of observations) {
      let known = findObservation(write, entity.id, text);
      if (known !== undefined) ended += 1;
      // A file may have brought it more than once.
      for (; known !== undefined; known = findObservation(write, entity.id, text)) {
        endObservation(write, entity.id, known.id);
      }
    }
  }
  return ended;
}

/** Ends relations, dangling ones too. @returns how many */
export function deleteRelations(write: Write, relations: readonly Relation[]): number {
  let ended = 0;
  for (const { from, to, relationType } of relations) {
    const [source, target] = [write.named(from)?.id, write.named(to)?.id];
    if (source === undefined || target === undefined) continue;
    const known = findRelation(write, { source, target, type: relationType });
    if (known === undefined) continue;
    endRelation(write, known, false);
    ended += 1;
  }
  return ended;
}
