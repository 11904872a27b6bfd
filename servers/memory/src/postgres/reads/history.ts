import { cursorNumber, pageOf } from "../../graph/cursor.ts";
import type { ChangeRecord, PageOf, Paging } from "../../graph/types.ts";
import { headsNamed } from "../found-by.ts";
import type { Reading } from "../reading.ts";
import { authorOf } from "./entities.ts";

/** What happened, last first; to one entity or to all. */
export async function history(
  { query, graph }: Reading,
  of: Paging & { readonly entity?: string | undefined },
): Promise<PageOf<ChangeRecord>> {
  const { limit, entity } = of;
  const before = cursorNumber(of.after, Number.MAX_SAFE_INTEGER);
  const rows = await (entity === undefined
    ? query<Row>(select("c.graph = $1"), [graph, before, limit + 1])
    : query<Row>(select(OF_ENTITY), [graph, before, limit + 1, entity]));
  return pageOf(rows, limit, recordOf, ({ id }) => id);
}

interface Row extends Omit<ChangeRecord, "author"> {
  readonly who: string | null;
  readonly client: string | null;
}

function recordOf({ id, at, who, client, action, entity, detail }: Row): ChangeRecord {
  return { id, at, author: authorOf({ who, client }), action, entity, detail };
}

/** A fact's text is told from where it is kept. */
function select(condition: string): string {
  return `
    SELECT c.id, c.at, c.who, c.client, c.action, c.entity, coalesce((
      SELECT o.text FROM portico_memory.observation o
      WHERE o.graph = $1 AND o.entity = c.subject AND o.id = c.fact LIMIT 1), c.detail) AS detail
    FROM portico_memory.change c
    WHERE c.graph = $1 AND c.id < $2 AND ${condition}
    ORDER BY c.id DESC LIMIT $3`;
}

/** Whoever had the name at any time. */
const BEARERS = `
  SELECT h.entity FROM ${headsNamed("$4::text")} AS h WHERE h.graph = $1 AND h.name = $4`;

const OF_ENTITY = `c.id IN (
  (SELECT s.id FROM portico_memory.change s
    WHERE s.graph = $1 AND s.id < $2 AND s.subject IN (${BEARERS}) ORDER BY s.id DESC LIMIT $3)
  UNION
  (SELECT o.id FROM portico_memory.change o
    WHERE o.graph = $1 AND o.id < $2 AND o.object IN (${BEARERS}) ORDER BY o.id DESC LIMIT $3))`;
