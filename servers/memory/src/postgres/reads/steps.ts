import { GraphError } from "../../graph/error.ts";
import type { Direction, Relation } from "../../graph/types.ts";
import { headsNamed, relationsAtEnd } from "../found-by.ts";
import { alive, type Reading } from "../reading.ts";

/** Most relations followed in one step from all that was reached. */
const MOST = 20_000;

/** Which relations are followed. */
export interface Way {
  readonly direction: Direction;
  readonly relationTypes?: readonly string[] | undefined;
}

/** Relations of entities that exist to others that do, in the order they were created. */
export interface Step {
  readonly relations: readonly Relation[];
  /** True when there are more than are followed. */
  readonly isCut: boolean;
}

/** The relations that lead on from `names`. */
export async function stepFrom(
  { query, graph, moment }: Reading,
  names: readonly string[],
  { direction, relationTypes }: Way,
): Promise<Step> {
  const leads = [
    ...(direction === "in" ? [] : [at("from_name", moment)]),
    ...(direction === "out" ? [] : [at("to_name", moment)]),
  ];
  const text = `
    WITH wanted AS (SELECT name FROM unnest($2::text[]) AS name),
      found AS (${leads.join(" UNION ALL ")})
    SELECT DISTINCT ON (r.id) r.from_name AS "from", r.to_name AS "to", r.relation_type AS "relationType"
    FROM found r
    WHERE ($3::text[] IS NULL OR r.relation_type = ANY ($3::text[]))
      AND ${exists("r.from_name", moment)} AND ${exists("r.to_name", moment)}
    ORDER BY r.id LIMIT $4`;
  const types = relationTypes ?? null;
  const relations = await query<Relation>(text, [graph, names, types, MOST + 1]);
  return { relations: relations.slice(0, MOST), isCut: relations.length > MOST };
}

/** @throws {GraphError} `unknown-entity` unless all of `names` exist */
export async function needEntities(
  { query, graph, moment }: Reading,
  names: readonly string[],
): Promise<void> {
  const text = `
    SELECT wanted.name FROM unnest($2::text[]) AS wanted(name) WHERE NOT ${exists("wanted.name", moment)}`;
  const missing = await query<{ name: string }>(text, [graph, names]);
  if (missing.length === 0) return;
  const list = missing.map(({ name }) => JSON.stringify(name)).join(", ");
  throw new GraphError("unknown-entity", `No such entity: ${list}.`);
}

function at(end: "from_name" | "to_name", moment: number | undefined): string {
  return `
    SELECT r.* FROM wanted, LATERAL ${relationsAtEnd(end, "wanted.name")} AS r
    WHERE r.graph = $1 AND r.${end} = wanted.name AND ${alive("r", moment)}`;
}

/** The condition that an entity of this name exists. */
export function exists(name: string, moment: number | undefined): string {
  return `EXISTS (
    SELECT FROM ${headsNamed(name)} AS h
    WHERE h.graph = $1 AND h.name = ${name} AND ${alive("h", moment)})`;
}
