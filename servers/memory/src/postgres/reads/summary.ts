import type { Summary } from "../../graph/types.ts";
import { alive, happened, type Reading } from "../reading.ts";

/** How many types and tags are named. */
const KINDS = 100;

/** How many entities are named as hubs, and as changed last. */
const NAMED = 10;

/** How far back is looked for what changed last. */
const LAST_CHANGES = 2_000;

type Count = readonly [name: string, count: number];

/** A graph in figures. */
export async function summary(reading: Reading): Promise<Summary> {
  const { query, graph, moment } = reading;
  const [figures] = await query<Summary>(
    `SELECT
      (SELECT count(*) FROM portico_memory.head h WHERE h.graph = $1 AND ${alive("h", moment)}) AS entities,
      (SELECT count(*) FROM portico_memory.observation o
        WHERE o.graph = $1 AND ${alive("o", moment)}) AS observations,
      (SELECT count(*) FROM portico_memory.relation r
        WHERE r.graph = $1 AND ${alive("r", moment)}) AS relations`,
    [graph],
  );
  return {
    ...(figures as Summary),
    entityTypes: await counted(reading, { of: "h.entity_type", from: heads(moment), most: KINDS }),
    relationTypes: await counted(reading, {
      of: "r.relation_type",
      from: `portico_memory.relation r WHERE r.graph = $1 AND ${alive("r", moment)}`,
      most: KINDS,
    }),
    tags: await counted(reading, {
      of: "tag",
      from: heads(moment).replace(" h ", " h, unnest(h.tags) AS tag "),
      most: KINDS,
    }),
    hubs: await counted(reading, { of: "name", from: ends(moment), most: NAMED }),
    recent: await recent(reading),
  };
}

/** How often each value occurs, most often first. */
async function counted(
  { query, graph }: Reading,
  { of, from, most }: { readonly of: string; readonly from: string; readonly most: number },
): Promise<Count[]> {
  const text = `
    SELECT ${of} AS name, count(*) AS count FROM ${from} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $2`;
  const rows = await query<{ name: string; count: number }>(text, [graph, most]);
  return rows.map(({ name, count }) => [name, count]);
}

function heads(moment: number | undefined): string {
  return `portico_memory.head h WHERE h.graph = $1 AND ${alive("h", moment)}`;
}

/** An entity once for each relation it is in. */
function ends(moment: number | undefined): string {
  return `(
    SELECT r.from_name AS name FROM portico_memory.relation r WHERE r.graph = $1 AND ${alive("r", moment)}
    UNION ALL
    SELECT r.to_name FROM portico_memory.relation r
    WHERE r.graph = $1 AND ${alive("r", moment)} AND r.to_name <> r.from_name
  ) AS ends WHERE EXISTS (
    SELECT FROM portico_memory.head h WHERE h.graph = $1 AND ${alive("h", moment)}
      AND hashtextextended(h.name, 0) = hashtextextended(ends.name, 0) AND h.name = ends.name)`;
}

async function recent({ query, graph, moment }: Reading): Promise<Count[]> {
  const text = `
    WITH last AS (
      SELECT c.id, c.at, c.subject, c.object FROM portico_memory.change c
      WHERE c.graph = $1 AND ${happened("c", moment)} ORDER BY c.id DESC LIMIT $2
    ), touched AS (
      SELECT entity, max(id) AS id, max(at) AS at
      FROM last, LATERAL (VALUES (subject), (object)) AS of(entity) GROUP BY entity
    )
    SELECT h.name, touched.at FROM touched
    JOIN portico_memory.head h ON h.graph = $1 AND h.entity = touched.entity AND ${alive("h", moment)}
    ORDER BY touched.id DESC LIMIT $3`;
  const rows = await query<{ name: string; at: number }>(text, [graph, LAST_CHANGES, NAMED]);
  return rows.map(({ name, at }) => [name, at]);
}
