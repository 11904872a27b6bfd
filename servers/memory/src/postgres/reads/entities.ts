import { cursorNumber, pageOf } from "../../graph/cursor.ts";
import type { Author, EntityDetails, Extras, PageOf, Paging } from "../../graph/types.ts";
import { headsNamed } from "../found-by.ts";
import { alive, happened, type Reading } from "../reading.ts";

/** An entity with its number. */
export interface DetailsRow {
  readonly id: number;
  readonly details: EntityDetails;
}

/** Entities in the order they were created. */
export async function listEntities(
  reading: Reading,
  paging: Paging,
): Promise<PageOf<EntityDetails>> {
  const rows = await detailsWhere(reading, {
    condition: "h.entity > $2 ORDER BY h.entity LIMIT $3",
    values: [cursorNumber(paging.after, 0), paging.limit + 1],
  });
  return pageOf(
    rows,
    paging.limit,
    ({ details }) => details,
    ({ id }) => id,
  );
}

/** Those of `names` that exist, in the order they were created. */
export async function openEntities(
  reading: Reading,
  names: readonly string[],
): Promise<EntityDetails[]> {
  const rows = await detailsWhere(reading, { condition: NAMED, values: [names] });
  return rows.map(({ details }) => details);
}

/** Which of `names` exist, in the order they were created. */
export function existing(
  { query, graph, moment }: Reading,
  names: readonly string[],
): Promise<{ name: string; created: number }[]> {
  const text = `
    SELECT h.name, h.entity AS created
    FROM (SELECT DISTINCT name FROM unnest($2::text[]) AS name) AS wanted,
      LATERAL ${headsNamed("wanted.name")} AS h
    WHERE h.graph = $1 AND h.name = wanted.name AND ${alive("h", moment)} ORDER BY h.entity`;
  return query(text, [graph, names]);
}

/** Entities by their numbers. */
export async function entitiesById(
  reading: Reading,
  ids: readonly number[],
): Promise<Map<number, EntityDetails>> {
  const condition = "h.entity = ANY ($2::bigint[])";
  const rows = await detailsWhere(reading, { condition, values: [ids] });
  return new Map(rows.map(({ id, details }) => [id, details]));
}

/** Entities that meet a condition on `h`. Values are bound from $2 on. */
export async function detailsWhere(
  { query, graph, moment }: Reading,
  { condition, values }: { readonly condition: string; readonly values: readonly unknown[] },
): Promise<DetailsRow[]> {
  const text = `
    SELECT h.entity AS id, h.name, h.entity_type AS "entityType", h.tags, h.importance, h.extra,
      c.at AS "createdAt", c.who, c.client,
      (SELECT at FROM portico_memory.change WHERE graph = $1 AND id = greatest(
        (SELECT max(s.id) FROM portico_memory.change s
          WHERE s.graph = $1 AND s.subject = h.entity AND ${happened("s", moment)}),
        (SELECT max(o.id) FROM portico_memory.change o
          WHERE o.graph = $1 AND o.object = h.entity AND ${happened("o", moment)}))) AS "updatedAt",
      (SELECT json_agg(json_build_array(o.text, s.at, s.who, s.client) ORDER BY o.id)
        FROM portico_memory.observation o
        JOIN portico_memory.change s ON s.graph = $1 AND s.id = o.said
        WHERE o.graph = $1 AND o.entity = h.entity AND ${alive("o", moment)}) AS facts
    FROM portico_memory.head h
    JOIN portico_memory.change c ON c.graph = $1 AND c.id = h.entity
    WHERE h.graph = $1 AND ${alive("h", moment)} AND ${condition}`;
  const rows = await query<Row>(text, [graph, ...values]);
  return rows.map((row) => ({ id: row.id, details: detailsOf(row) }));
}

interface Row {
  readonly id: number;
  readonly name: string;
  readonly entityType: string;
  readonly tags: readonly string[];
  readonly importance: number;
  readonly extra: Extras | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly who: string | null;
  readonly client: string | null;
  readonly facts:
    | readonly (readonly [text: string, at: number, who: string | null, client: string | null])[]
    | null;
}

function detailsOf(row: Row): EntityDetails {
  const { name, entityType, tags, importance, createdAt, updatedAt } = row;
  return {
    ...{ name, entityType, tags, importance, createdAt, updatedAt },
    facts: (row.facts ?? []).map(([text, at, who, client]) => ({
      text,
      at,
      author: authorOf({ who, client }),
    })),
    author: authorOf(row),
    ...(row.extra === null ? {} : { extra: row.extra }),
  };
}

/** An author without what nobody said. */
export function authorOf({
  who,
  client,
}: {
  readonly who: string | null;
  readonly client: string | null;
}): Author {
  return { ...(who === null ? {} : { who }), ...(client === null ? {} : { client }) };
}

const NAMED = `
  h.entity IN (
    SELECT named.entity FROM unnest($2::text[]) AS wanted(name), LATERAL ${headsNamed("wanted.name")} AS named
    WHERE named.graph = $1 AND named.name = wanted.name)
  AND h.name = ANY ($2::text[]) ORDER BY h.entity`;
