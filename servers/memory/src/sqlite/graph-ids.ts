import type { Connection } from "./connection.ts";

/** Entities of one graph have neighbouring ids, so that a range of them is the graph, in the search index too. */
export const ENTITIES_PER_GRAPH = 2 ** 32;

/** The ids an entity of a graph can have: from the first up to, not including, the other. */
export function idsOf(graph: number): { readonly first: number; readonly end: number } {
  return { first: graph * ENTITIES_PER_GRAPH, end: (graph + 1) * ENTITIES_PER_GRAPH };
}

/** The graph an entity belongs to. */
export function graphOf(entity: number): number {
  return Math.floor(entity / ENTITIES_PER_GRAPH);
}

/** How many entities a graph has ever had. */
export function entitiesEver(connection: Connection, graph: number): number {
  const { first, end } = idsOf(graph);
  const row = connection.get<{ last: number | null }>(
    "SELECT max(id) AS last FROM entity WHERE id >= :first AND id < :end",
    { first, end },
  );
  return (row?.last ?? first) - first;
}
