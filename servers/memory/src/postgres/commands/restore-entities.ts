import { distinct, relationDetail } from "../../graph/combine.ts";
import type { Author, Extras, Relation } from "../../graph/types.ts";
import { headsNamed, relationsAtEnd, relationsLike } from "../found-by.ts";
import { insertHeads, insertRelations } from "../rows.ts";
import type { Writing } from "../writing.ts";
import type { Head } from "./lookup.ts";
import { oneByOne } from "./one-by-one.ts";

/** Brings entities back as they were last. @returns their names */
export const restoreEntities = oneByOne(
  async (
    writing,
    { names, author }: { readonly names: readonly string[]; readonly author: Author },
  ) => {
    const wanted = distinct(names);
    const found = await writing.query<Ended>(LAST_ENDED, [writing.graph, wanted]);
    const ended = new Map(found.map((one) => [one.name, one]));
    const back = wanted.flatMap((name) => ended.get(name) ?? []);
    if (back.length === 0) return [];
    const heads = back.map((head) => ({
      ...head,
      extra: head.extra ?? undefined,
      since: writing.record(author, {
        action: "restore",
        entity: head.name,
        detail: "",
        subject: head.entity,
      }),
    }));
    await insertHeads(writing, heads);
    const ends = heads.map(({ entity, until, since }) => ({ entity, until, since }));
    await writing.query(RESTORE_FACTS, [writing.graph, JSON.stringify(ends)]);
    const restored = back.map(({ entity }) => entity);
    await restoreRelations(writing, restored, author);
    return back.map(({ name }) => name);
  },
);

async function restoreRelations(
  writing: Writing,
  entities: readonly number[],
  author: Author,
): Promise<void> {
  const lost = await writing.query<Lost>(LOST, [writing.graph, entities]);
  const rows = lost.map(({ subject, object, extra, ...relation }) => ({
    ...relation,
    extra: extra ?? undefined,
    since: writing.record(author, {
      action: "create-relation",
      entity: relation.from,
      detail: relationDetail(relation),
      subject,
      object,
    }),
  }));
  await insertRelations(writing, rows);
}

interface Ended extends Head {
  /** The change that ended it. */
  readonly until: number;
}

interface Lost extends Relation {
  readonly id: number;
  readonly extra: Extras | null;
  readonly subject: number;
  readonly object: number;
}

/** Of the entities that had one of these names last, the one that ended last; none where somebody has the name now. */
const LAST_ENDED = `
  SELECT DISTINCT ON (h.name) h.entity, h.name, h.entity_type AS "entityType", h.tags, h.importance, h.extra, h.until
  FROM unnest($2::text[]) AS wanted(name), LATERAL ${headsNamed("wanted.name")} AS h
  WHERE h.graph = $1 AND h.name = wanted.name AND NOT EXISTS (
    SELECT FROM portico_memory.head later
    WHERE later.graph = $1 AND later.entity = h.entity AND later.since > h.since
  ) AND NOT EXISTS (
    SELECT FROM ${headsNamed("wanted.name")} AS now
    WHERE now.graph = $1 AND now.name = wanted.name AND now.until IS NULL
  )
  ORDER BY h.name, h.until DESC`;

const RESTORE_FACTS = `
  INSERT INTO portico_memory.observation (graph, entity, id, text, terms, said, since)
  SELECT o.graph, o.entity, o.id, o.text, o.terms, o.said, row.since
  FROM json_to_recordset($2::json) AS row(entity bigint, until bigint, since bigint)
  JOIN portico_memory.observation o ON o.graph = $1 AND o.entity = row.entity AND o.until = row.until`;

/**
 * Relations that were lost and whose ends are both there again: the entities they had then, under the names these have
 * now. One of them is restored just now; others' would have come back before.
 */
const LOST = `
  WITH named AS (
    SELECT DISTINCT name FROM portico_memory.head WHERE graph = $1 AND entity = ANY ($2::bigint[])
  ), at_ends AS (
    SELECT r.* FROM named, LATERAL ${relationsAtEnd("from_name", "named.name")} AS r
    WHERE r.graph = $1 AND r.from_name = named.name
    UNION ALL
    SELECT r.* FROM named, LATERAL ${relationsAtEnd("to_name", "named.name")} AS r
    WHERE r.graph = $1 AND r.to_name = named.name
  ), last AS (
    SELECT DISTINCT ON (id) * FROM at_ends ORDER BY id, since DESC
  )
  SELECT last.id, now_from.name AS "from", now_to.name AS "to", last.relation_type AS "relationType", last.extra,
    now_from.entity AS subject, now_to.entity AS object
  FROM last, LATERAL ${headsNamed("last.from_name")} AS was_from, LATERAL ${headsNamed("last.to_name")} AS was_to,
    portico_memory.head now_from, portico_memory.head now_to
  WHERE last.lost AND last.until IS NOT NULL
    AND was_from.graph = $1 AND was_from.name = last.from_name
    AND was_from.since < last.until AND (was_from.until IS NULL OR was_from.until >= last.until)
    AND was_to.graph = $1 AND was_to.name = last.to_name
    AND was_to.since < last.until AND (was_to.until IS NULL OR was_to.until >= last.until)
    AND now_from.graph = $1 AND now_from.entity = was_from.entity AND now_from.until IS NULL
    AND now_to.graph = $1 AND now_to.entity = was_to.entity AND now_to.until IS NULL
    AND NOT EXISTS (
      SELECT FROM ${relationsLike("now_from.name", "now_to.name", "last.relation_type")} AS same
      WHERE same.graph = $1 AND same.until IS NULL AND same.from_name = now_from.name
        AND same.to_name = now_to.name AND same.relation_type = last.relation_type)
  ORDER BY last.id`;
