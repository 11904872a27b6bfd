import { folded, searchWords } from "../../graph/words.ts";
import type { Connection } from "../connection.ts";
import { idsOf } from "../graph-ids.ts";

/** Names looked through one by one. In a larger graph, further names are found by the beginnings of their words only. */
const LOOKED_THROUGH = 5000;
const FOUND = 1000;

/** Names that begin with a text, then those that contain it, each in the order they were created. */
export function names(
  connection: Connection,
  graph: number,
  start: string,
  limit: number,
): string[] {
  const wanted = folded(start);
  const begin: string[] = [];
  const contain: string[] = [];
  for (const name of candidates(connection, graph, start)) {
    const small = folded(name);
    if (small.startsWith(wanted)) begin.push(name);
    else if (small.includes(wanted)) contain.push(name);
    if (begin.length >= limit) break;
  }
  return [...begin, ...contain].slice(0, limit);
}

function candidates(connection: Connection, graph: number, start: string): Set<string> {
  const first = connection.all<{ name: string }>(
    `SELECT name FROM entity WHERE graph = :graph AND type IS NOT NULL
     ORDER BY created LIMIT ${LOOKED_THROUGH}`,
    { graph },
  );
  const all = new Set(first.map(({ name }) => name));
  const words = searchWords(start);
  if (first.length < LOOKED_THROUGH || words.length === 0) return all;
  const found = connection.all<{ name: string }>(
    `SELECT e.name FROM search AS s CROSS JOIN entity AS e ON e.id = s.rowid
     WHERE s.search MATCH :match
       AND s.rowid >= CAST(:first AS INTEGER) AND s.rowid < CAST(:end AS INTEGER) LIMIT ${FOUND}`,
    {
      match: `name : (${words.map(({ text }) => `"${text}"*`).join(" AND ")})`,
      ...idsOf(graph),
    },
  );
  for (const { name } of found) all.add(name);
  return all;
}
