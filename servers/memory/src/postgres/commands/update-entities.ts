import { checkTags } from "../../graph/check.ts";
import { relationKey, updateDetail, updatedTags } from "../../graph/combine.ts";
import { GraphError } from "../../graph/error.ts";
import type { Author, EntityUpdate } from "../../graph/types.ts";
import { endHeads, endRelations, forgetVectors, insertHeads, insertRelations } from "../rows.ts";
import type { Writing } from "../writing.ts";
import { type Head, headsByName, knownRelations, relationsAt, unknown } from "./lookup.ts";
import { oneByOne } from "./one-by-one.ts";

interface Updated {
  readonly before: Head;
  readonly after: Head;
}

interface Step extends Updated {
  readonly detail: string;
}

/** Changes names, types, tags and importance, one update after the other. */
export const updateEntities = oneByOne(
  async (
    writing,
    { updates, author }: { readonly updates: readonly EntityUpdate[]; readonly author: Author },
  ) => {
    const names = updates.flatMap(({ name, newName }) => [name, newName ?? name]);
    const steps = planned(updates, await headsByName(writing, names));
    const finals = new Map<number, Updated & { since: number }>();
    for (const { before, after, detail } of steps) {
      const { entity, name } = before;
      const since = writing.record(author, {
        action: "update-entity",
        entity: name,
        detail,
        subject: entity,
      });
      finals.set(entity, { before: finals.get(entity)?.before ?? before, after, since });
    }
    await writeHeads(writing, [...finals.values()]);
  },
);

/** What each update does, as if those before were done. @throws {GraphError} `unknown-entity`, `exists`, `too-large` */
function planned(updates: readonly EntityUpdate[], known: ReadonlyMap<string, Head>): Step[] {
  const heads = new Map(known);
  const steps: Step[] = [];
  for (const update of updates) {
    const before = heads.get(update.name);
    if (!before) throw unknown([update.name]);
    const after = {
      ...before,
      name: update.newName ?? before.name,
      entityType: update.entityType ?? before.entityType,
      tags: updatedTags(before.tags, update),
      importance: update.importance ?? before.importance,
    };
    checkTags(after.tags);
    if (after.name !== before.name && heads.has(after.name)) throw taken(after.name);
    heads.delete(before.name);
    heads.set(after.name, after);
    const detail = updateDetail(before, update);
    if (detail !== "") steps.push({ before, after, detail });
  }
  return steps;
}

function taken(name: string): GraphError {
  return new GraphError(
    "exists",
    `An entity named ${JSON.stringify(name)} exists already: merge the two, or take another name.`,
  );
}

async function writeHeads(
  writing: Writing,
  updates: readonly (Updated & { readonly since: number })[],
): Promise<void> {
  await endHeads(
    writing,
    updates.map(({ after, since }) => ({ entity: after.entity, until: since })),
  );
  await insertHeads(
    writing,
    updates.map(({ after, since }) => ({ ...after, extra: after.extra ?? undefined, since })),
  );
  await forgetVectors(
    writing,
    updates.filter(({ before, after }) => textOf(before) !== textOf(after)).map(entityOf),
  );
  const renamed = updates.filter(({ before, after }) => before.name !== after.name);
  const names = new Map(renamed.map(({ before, after }) => [before.name, after.name]));
  if (names.size > 0) await renameEnds(writing, names, writing.last);
}

/** Relations go by the names of their ends. */
async function renameEnds(
  writing: Writing,
  names: ReadonlyMap<string, string>,
  since: number,
): Promise<void> {
  const relations = await relationsAt(writing, [...names.keys()]);
  await endRelations(
    writing,
    relations.map(({ id }) => ({ id, until: since, lost: false })),
  );
  const renamed = relations.map((relation) => ({
    ...relation,
    from: names.get(relation.from) ?? relation.from,
    to: names.get(relation.to) ?? relation.to,
    extra: relation.extra ?? undefined,
    since,
  }));
  // A relation that was imported before its end existed may say the same already.
  const same = new Set((await knownRelations(writing, renamed)).map(relationKey));
  await insertRelations(
    writing,
    renamed.filter((relation) => !same.has(relationKey(relation))),
  );
}

function textOf({ name, entityType, tags }: Head): string {
  return JSON.stringify([name, entityType, tags]);
}

function entityOf({ after }: Updated): number {
  return after.entity;
}
