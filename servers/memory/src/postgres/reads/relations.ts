import { cursorNumber, pageOf } from "../../graph/cursor.ts";
import type { Extras, PageOf, Paging, Relation } from "../../graph/types.ts";
import { relationsAtEnd } from "../found-by.ts";
import { alive, type Reading } from "../reading.ts";

/** A relation with its number. */
export interface RelationRow extends Relation {
  readonly id: number;
  readonly extra: Extras | null;
}

/** Relations in the order they were created. */
export async function listRelations(reading: Reading, paging: Paging): Promise<PageOf<Relation>> {
  const rows = await relationsAfter(reading, cursorNumber(paging.after, 0), paging.limit + 1);
  return pageOf(rows, paging.limit, relationOf, ({ id }) => id);
}

/** Relations with a number beyond `after`, in order. */
export function relationsAfter(
  { query, graph, moment }: Reading,
  after: number,
  limit: number,
): Promise<RelationRow[]> {
  const text = `
    SELECT ${COLUMNS} FROM portico_memory.relation r
    WHERE r.graph = $1 AND ${alive("r", moment)} AND r.id > $2 ORDER BY r.id LIMIT $3`;
  return query(text, [graph, after, limit]);
}

/** Relations with one end, or both, among `names`. */
export async function relationsOf(
  { query, graph, moment }: Reading,
  names: readonly string[],
  { ends, limit }: { readonly ends: "one" | "both"; readonly limit: number },
): Promise<Relation[]> {
  const at = (end: "from_name" | "to_name") => `
    SELECT r.id FROM wanted, LATERAL ${relationsAtEnd(end, "wanted.name")} AS r
    WHERE r.graph = $1 AND r.${end} = wanted.name AND ${alive("r", moment)}`;
  const text = `
    WITH wanted AS (SELECT DISTINCT name FROM unnest($2::text[]) AS name), found AS MATERIALIZED (
      ${at("from_name")} ${ends === "one" ? "UNION" : "INTERSECT"} ${at("to_name")} ORDER BY id LIMIT $3)
    SELECT ${COLUMNS} FROM found
    JOIN portico_memory.relation r ON r.graph = $1 AND r.id = found.id AND ${alive("r", moment)}
    ORDER BY r.id`;
  const rows = await query<RelationRow>(text, [graph, names, limit]);
  return rows.map(relationOf);
}

/** A relation and nothing else. */
export function relationOf({ from, to, relationType }: Relation): Relation {
  return { from, to, relationType };
}

const COLUMNS = `r.id, r.from_name AS "from", r.to_name AS "to", r.relation_type AS "relationType", r.extra`;
