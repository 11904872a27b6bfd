import type { Summary } from "../../graph/types.ts";
import { headOf } from "../found-by.ts";
import { alive, happened, type Reading } from "../reading.ts";
import { exists } from "./steps.ts";

/** How many types and tags are named. */
const KINDS = 100;

/** How many entities are named as hubs, and as changed last. */
const NAMED = 10;

/** Ends of relations among which the hubs are. */
const LOOKED_AT = 1_000;

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
    entityTypes: await counted(reading, { of: "h.entity_type", from: heads(moment) }),
    relationTypes: await counted(reading, {
      of: "r.relation_type",
      from: `portico_memory.relation r WHERE r.graph = $1 AND ${alive("r", moment)}`,
    }),
    tags: await counted(reading, { of: "tag", from: heads(moment, ", unnest(h.tags) AS tag") }),
    hubs: await hubs(reading),
    recent: await recent(reading),
  };
}

/** How often each value occurs, most often first. */
async function counted(
  { query, graph }: Reading,
  { of, from }: { readonly of: string; readonly from: string },
): Promise<Count[]> {
  const text = `
    SELECT ${of} AS name, count(*) AS count FROM ${from} GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT $2`;
  const rows = await query<{ name: string; count: number }>(text, [graph, KINDS]);
  return rows.map(({ name, count }) => [name, count]);
}

function heads(moment: number | undefined, more = ""): string {
  return `portico_memory.head h${more} WHERE h.graph = $1 AND ${alive("h", moment)}`;
}

/** The best connected; names that relations go to though no entity bears them are passed over. */
async function hubs({ query, graph, moment }: Reading): Promise<Count[]> {
  const text = `
    WITH ends AS MATERIALIZED (
      SELECT name, count(*) AS count FROM portico_memory.relation r,
        LATERAL (SELECT r.from_name AS name UNION SELECT r.to_name) AS of
      WHERE r.graph = $1 AND ${alive("r", moment)}
      GROUP BY name ORDER BY count DESC, name LIMIT ${LOOKED_AT}
    )
    SELECT name, count FROM ends WHERE ${exists("ends.name", moment)} ORDER BY count DESC, name LIMIT $2`;
  const rows = await query<{ name: string; count: number }>(text, [graph, NAMED]);
  return rows.map(({ name, count }) => [name, count]);
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
    SELECT h.name, touched.at FROM touched, LATERAL ${headOf("touched.entity", moment)} AS h
    ORDER BY touched.id DESC LIMIT $3`;
  const rows = await query<{ name: string; at: number }>(text, [graph, LAST_CHANGES, NAMED]);
  return rows.map(({ name, at }) => [name, at]);
}
