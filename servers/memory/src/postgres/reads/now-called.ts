import type { Named } from "../../graph/types.ts";
import { headsNamed } from "../found-by.ts";
import type { Reading } from "../reading.ts";

/** What the entities are now that had `names` last, by these. */
export async function nowCalled(
  { query, graph }: Reading,
  names: readonly string[],
): Promise<Map<string, Named>> {
  if (names.length === 0) return new Map();
  const rows = await query<Named & { was: string }>(NOW_CALLED, [graph, names]);
  return new Map(rows.map(({ was, name, entityType }) => [was, { name, entityType }]));
}

/** Whoever had a name last, and those they were merged into, one after the other. */
const NOW_CALLED = `
  WITH RECURSIVE heir AS (
    (SELECT DISTINCT ON (wanted.name) wanted.name AS was, h.entity
      FROM unnest($2::text[]) AS wanted(name), LATERAL ${headsNamed("wanted.name")} AS h
      WHERE h.graph = $1 AND h.name = wanted.name
      ORDER BY wanted.name, h.since DESC)
    UNION
    SELECT heir.was, ended.subject
    FROM heir, LATERAL (
      SELECT c.action, c.subject FROM portico_memory.change c
      WHERE c.graph = $1 AND (
        (c.subject = heir.entity AND c.action = 'delete-entity')
        OR (c.object = heir.entity AND c.action = 'merge-entity'))
      ORDER BY c.id DESC LIMIT 1
    ) AS ended
    WHERE ended.action = 'merge-entity' AND NOT EXISTS (
      SELECT FROM portico_memory.head now
      WHERE now.graph = $1 AND now.entity = heir.entity AND now.until IS NULL)
  )
  SELECT heir.was, now.name, now.entity_type AS "entityType"
  FROM heir
  JOIN portico_memory.head now ON now.graph = $1 AND now.entity = heir.entity AND now.until IS NULL`;
