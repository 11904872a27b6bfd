import { distinct, distinctEntities, USUAL_IMPORTANCE } from "../../graph/combine.ts";
import type { Author, ChangeRecord, NewEntity } from "../../graph/types.ts";
import { insertHeads, insertObservations } from "../rows.ts";
import type { Command } from "../writer.ts";
import type { Writing } from "../writing.ts";
import { headsByName } from "./lookup.ts";

/** Entities to create, and who does. */
export interface Creation {
  readonly entities: readonly NewEntity[];
  readonly author: Author;
}

/** Creates entities that do not exist. @returns their names */
export const createEntities: Command<Creation, string[]> = async (writing, calls) => {
  const names = calls.flatMap(({ entities }) => entities.map(({ name }) => name));
  const taken = new Set((await headsByName(writing, names)).keys());
  const created = calls.map(({ entities, author }) => {
    const fresh = distinctEntities(entities).filter(({ name }) => !taken.has(name));
    for (const { name } of fresh) taken.add(name);
    return { entities: fresh, author };
  });
  await insertEntities(writing, created);
  return created.map(({ entities }) => entities.map(({ name }) => name));
};

/** Writes entities that are known not to exist. @returns how many observations they have */
export async function insertEntities(
  writing: Writing,
  creations: readonly Creation[],
  action: ChangeRecord["action"] = "create-entity",
): Promise<void> {
  const heads = [];
  const observations = [];
  for (const { entities, author } of creations) {
    for (const entity of entities) {
      const { name, entityType, tags = [], importance = USUAL_IMPORTANCE, extra } = entity;
      const subject = writing.record(author, { action, entity: name, detail: entityType });
      heads.push({ entity: subject, name, entityType, tags, importance, extra, since: subject });
      for (const text of distinct(entity.observations)) {
        const id = writing.recordFact(author, { entity: name, subject });
        observations.push({ id, entity: subject, text, said: id, since: id });
      }
    }
  }
  await insertHeads(writing, heads);
  await insertObservations(writing, observations);
}
