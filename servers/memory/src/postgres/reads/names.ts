import { folded } from "../../graph/words.ts";
import type { Reading } from "../reading.ts";

/** Names that begin with `prefix`, then those that contain it; case and accents do not count. */
export async function names(
  { query, graph }: Reading,
  prefix: string,
  limit: number,
): Promise<string[]> {
  const wanted = folded(prefix).replaceAll("\0", "").toWellFormed();
  const beginning = await query<{ name: string }>(BEGINNING, [graph, wanted, AFTER_ALL, limit]);
  const missing = limit - beginning.length;
  const containing =
    missing === 0 ? [] : await query<{ name: string }>(CONTAINING, [graph, wanted, missing]);
  return [...beginning, ...containing].map(({ name }) => name);
}

/** Sorts after everything that may follow a beginning. */
const AFTER_ALL = "\u{10FFFF}";

const BEGINNING = `
  SELECT name FROM portico_memory.head
  WHERE graph = $1 AND until IS NULL AND starts_with(folded, $2)
    AND graph || ':' || left(folded, 100) >= $1::integer || ':' || left($2, 100)
    AND graph || ':' || left(folded, 100) <= $1::integer || ':' || left($2, 100) || $3
  ORDER BY graph || ':' || left(folded, 100), folded, entity LIMIT $4`;

const CONTAINING = `
  SELECT name FROM portico_memory.head
  WHERE graph = $1 AND until IS NULL AND strpos(folded, $2) > 1
    AND graph || ':' || left(folded, 100) BETWEEN $1::integer || ':' AND $1::integer || ';'
  ORDER BY graph || ':' || left(folded, 100), folded, entity LIMIT $3`;
