import type { AsOf } from "../graph/types.ts";
import type { Query } from "./connections.ts";

/** A graph to read from: as it is, or as it was. */
export interface Reading {
  readonly query: Query;
  readonly graph: number;
  /** The last change that counts; everything when absent. */
  readonly moment: number | undefined;
}

/** Goes back to the time that is asked for, if any. */
export async function readingAt(query: Query, graph: number, { at }: AsOf): Promise<Reading> {
  if (at === undefined) return { query, graph, moment: undefined };
  const [row] = await query<{ moment: number | null }>(MOMENT, [graph, at]);
  return { query, graph, moment: row?.moment ?? 0 };
}

/** The condition that the version `alias` is the one that counts. */
export function alive(alias: string, moment: number | undefined): string {
  if (moment === undefined) return `${alias}.until IS NULL`;
  return `(${alias}.since <= ${moment} AND (${alias}.until IS NULL OR ${alias}.until > ${moment}))`;
}

/** The condition that a change, or what has its number, counts. */
export function happened(alias: string, moment: number | undefined): string {
  return moment === undefined ? "true" : `${alias}.id <= ${moment}`;
}

const MOMENT = `
  SELECT max(id) AS moment FROM portico_memory.change
  WHERE graph = $1 AND at = (
    SELECT max(at) FROM portico_memory.change WHERE graph = $1 AND at <= $2::double precision)`;
