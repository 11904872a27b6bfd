import { distinct, distinctRelations, relationDetail } from "../../graph/combine.ts";
import type { Author, Relation } from "../../graph/types.ts";
import { observationsLike } from "../found-by.ts";
import { endEntities, endRelations, forgetVectors } from "../rows.ts";
import type { Writing } from "../writing.ts";
import { keyOf } from "./add-observations.ts";
import { headsByName, type KnownRelation, knownRelations, namesOf, relationsAt } from "./lookup.ts";
import { oneByOne } from "./one-by-one.ts";

/** Ends entities with all they have. @returns the names that were ended */
export const deleteEntities = oneByOne(
  async (
    writing,
    { names, author }: { readonly names: readonly string[]; readonly author: Author },
  ) => {
    const heads = await headsByName(writing, names);
    const gone = distinct(names).flatMap((name) => heads.get(name) ?? []);
    if (gone.length === 0) return [];
    const ended = gone.map(({ name }) => name);
    await endAll(writing, { relations: await relationsAt(writing, ended), author, lost: true });
    const ends = gone.map(({ entity, name }) => ({
      entity,
      until: writing.record(author, {
        action: "delete-entity",
        entity: name,
        detail: "",
        subject: entity,
      }),
    }));
    await endEntities(writing, ends);
    return ended;
  },
);

/** Ends relations. @returns how many were ended */
export const deleteRelations = oneByOne(
  async (
    writing,
    { relations, author }: { readonly relations: readonly Relation[]; readonly author: Author },
  ) => {
    const known = await knownRelations(writing, distinctRelations(relations));
    await endAll(writing, { relations: known, author, lost: false });
    return known.length;
  },
);

/** Observations to end, and who does. */
export interface Removal {
  readonly items: readonly {
    readonly entityName: string;
    readonly observations: readonly string[];
  }[];
  readonly author: Author;
}

/** Ends observations. @returns how many were ended */
export const deleteObservations = oneByOne(async (writing, { items, author }: Removal) => {
  const heads = await headsByName(
    writing,
    items.map(({ entityName }) => entityName),
  );
  const wanted = items.flatMap(({ entityName, observations }) => {
    const entity = heads.get(entityName)?.entity;
    return entity === undefined ? [] : observations.map((text) => ({ entity, text, entityName }));
  });
  const known = await writing.query<KnownFact>(KNOWN, [writing.graph, JSON.stringify(wanted)]);
  const ends = known.map(({ id, entity, entityName }) => ({
    id,
    entity,
    until: writing.record(author, {
      action: "delete-observation",
      entity: entityName,
      detail: "",
      subject: entity,
      fact: id,
    }),
  }));
  await writing.query(END, [writing.graph, JSON.stringify(ends)]);
  await forgetVectors(
    writing,
    ends.map(({ entity }) => entity),
  );
  // A file may have brought one more than once.
  return new Set(known.map(({ entity, text }) => keyOf(entity, text))).size;
});

/** Ends relations, each with a change of its own. `lost`: they end because an end of them does. */
export async function endAll(
  writing: Writing,
  {
    relations,
    author,
    lost,
  }: {
    readonly relations: readonly KnownRelation[];
    readonly author: Author;
    readonly lost: boolean;
  },
): Promise<void> {
  if (relations.length === 0) return;
  const heads = await headsByName(writing, namesOf(relations));
  const ends = relations.map((relation) => ({
    id: relation.id,
    lost,
    until: writing.record(author, {
      action: "delete-relation",
      entity: relation.from,
      detail: relationDetail(relation),
      subject: heads.get(relation.from)?.entity,
      object: heads.get(relation.to)?.entity,
    }),
  }));
  await endRelations(writing, ends);
}

interface KnownFact {
  readonly id: number;
  readonly entity: number;
  readonly text: string;
  readonly entityName: string;
}

const KNOWN = `
  SELECT DISTINCT o.id, o.entity, o.text, wanted."entityName"
  FROM json_to_recordset($2::json) AS wanted(entity bigint, text text, "entityName" text),
    LATERAL ${observationsLike("wanted.entity", "wanted.text")} AS o
  WHERE o.graph = $1 AND o.entity = wanted.entity AND o.text = wanted.text AND o.until IS NULL
  ORDER BY o.id`;

const END = `
  UPDATE portico_memory.observation o SET until = row.until
  FROM json_to_recordset($2::json) AS row(id bigint, entity bigint, until bigint)
  WHERE o.graph = $1 AND o.entity = row.entity AND o.id = row.id AND o.until IS NULL`;
