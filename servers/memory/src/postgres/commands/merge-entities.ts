import { checkTags } from "../../graph/check.ts";
import { distinct, relationDetail, relationKey } from "../../graph/combine.ts";
import { GraphError } from "../../graph/error.ts";
import { merged } from "../../graph/lines.ts";
import type { Author } from "../../graph/types.ts";
import { observationsLike } from "../found-by.ts";
import {
  type EntityEnd,
  endEntities,
  endHeads,
  forgetVectors,
  insertHeads,
  insertRelations,
} from "../rows.ts";
import type { Writing } from "../writing.ts";
import { endAll } from "./delete.ts";
import {
  type Head,
  headsByName,
  type KnownRelation,
  markedOf,
  namesOf,
  relationsAt,
  unknown,
} from "./lookup.ts";
import { oneByOne } from "./one-by-one.ts";
import { addFields, gathered } from "./relation-fields.ts";

/** Entities that are one, and who says so. */
export interface Merge {
  readonly into: string;
  readonly from: readonly string[];
  readonly author: Author;
}

/** Moves what is known of some entities to another, and ends them. */
export const mergeEntities = oneByOne(async (writing, { into, from, author }: Merge) => {
  if (from.includes(into)) {
    throw new GraphError("invalid", `${JSON.stringify(into)} cannot be merged into itself.`);
  }
  const names = distinct(from);
  const heads = await headsByName(writing, [into, ...names]);
  const missing = [into, ...names].filter((name) => !heads.has(name));
  if (missing.length > 0) throw unknown(missing);
  const target = heads.get(into) as Head;
  const sources = names.flatMap((name) => heads.get(name) ?? []);
  const before = markedOf(target);
  const after = sources.map(markedOf).reduce(merged, before);
  checkTags(after.tags);
  if (sources.length === 0) return;

  const relations = await relationsAt(writing, names);
  await endAll(writing, { relations, author, lost: true });
  const ends = sources.map(({ entity, name }) => ({
    entity,
    until: writing.record(author, {
      action: "merge-entity",
      entity: into,
      detail: name,
      subject: target.entity,
      object: entity,
    }),
  }));
  const since = writing.last;
  await endEntities(writing, ends);
  for (const end of ends) await moveFacts(writing, end, target.entity);
  await forgetVectors(writing, [target.entity]);
  if (after !== before) {
    await endHeads(writing, [{ entity: target.entity, until: since }]);
    await insertHeads(writing, [{ ...target, ...after, since }]);
  }
  await moveRelations(writing, { relations, names: new Set(names), into, author });
});

/** What the target knows already is not said again; the rest follows what it knows. */
async function moveFacts(writing: Writing, { entity, until }: EntityEnd, to: number) {
  const values = [writing.graph, entity, until, to, writing.last];
  const moved = await writing.query(MOVE_FACTS, values);
  writing.take(moved.length);
}

async function moveRelations(
  writing: Writing,
  move: {
    readonly relations: readonly KnownRelation[];
    readonly names: ReadonlySet<string>;
    readonly into: string;
    readonly author: Author;
  },
): Promise<void> {
  const { names, into, author } = move;
  const isOne = (name: string) => name === into || names.has(name);
  const end = (name: string) => (isOne(name) ? into : name);
  const between = ({ from, to }: KnownRelation) => from !== to && isOne(from) && isOne(to);
  const moved = gathered(
    move.relations
      .filter((one) => !between(one))
      .map((one) => ({ ...one, from: end(one.from), to: end(one.to) })),
  );
  const known = new Set((await addFields(writing, moved)).map(relationKey));
  const fresh = moved.filter((one) => !known.has(relationKey(one)));
  const heads = await headsByName(writing, namesOf(fresh));
  const rows = fresh.map((relation) => {
    const id = writing.record(author, {
      action: "create-relation",
      entity: relation.from,
      detail: relationDetail(relation),
      subject: heads.get(relation.from)?.entity,
      object: heads.get(relation.to)?.entity,
    });
    return { ...relation, id, since: id };
  });
  await insertRelations(writing, rows);
}

const MOVE_FACTS = `
  INSERT INTO portico_memory.observation (graph, entity, id, text, terms, said, since)
  SELECT o.graph, $4, $5 + row_number() OVER (ORDER BY o.id), o.text, o.terms, o.said, $3
  FROM portico_memory.observation o
  WHERE o.graph = $1 AND o.entity = $2 AND o.until = $3 AND NOT EXISTS (
    SELECT FROM ${observationsLike("$4::bigint", "o.text")} AS known
    WHERE known.graph = $1 AND known.entity = $4 AND known.text = o.text AND known.until IS NULL)
  RETURNING id`;
