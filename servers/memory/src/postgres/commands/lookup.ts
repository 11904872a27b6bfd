import { distinct } from "../../graph/combine.ts";
import { GraphError } from "../../graph/error.ts";
import type { Marked } from "../../graph/lines.ts";
import type { Extras, Relation } from "../../graph/types.ts";
import { headsNamed, relationsAtEnd, relationsLike } from "../found-by.ts";
import type { Writing } from "../writing.ts";

/** An entity as it is now. */
export interface Head {
  readonly entity: number;
  readonly name: string;
  readonly entityType: string;
  readonly tags: readonly string[];
  readonly importance: number;
  readonly extra: Extras | null;
}

/** A relation as it is now. */
export interface KnownRelation extends Relation {
  readonly id: number;
  readonly extra: Extras | null;
}

/** The entities of these names that exist, by name. */
export async function headsByName(
  { query, graph }: Writing,
  names: Iterable<string>,
): Promise<Map<string, Head>> {
  const rows = await query<Head>(HEADS, [graph, [...new Set(names)]]);
  return new Map(rows.map((row) => [row.name, row]));
}

/** Those of these relations that exist. */
export function knownRelations(
  { query, graph }: Writing,
  relations: readonly Relation[],
): Promise<KnownRelation[]> {
  const wanted = relations.map(({ from, to, relationType }) => ({ from, to, relationType }));
  return query(RELATIONS, [graph, JSON.stringify(wanted)]);
}

/** What an entity is besides its name and its observations. */
export function markedOf({ entityType, tags, importance, extra }: Head): Marked {
  return { entityType, tags, importance, extra: extra ?? undefined };
}

/** All relations with an end among these names. */
export function relationsAt(
  { query, graph }: Writing,
  names: readonly string[],
): Promise<KnownRelation[]> {
  return query(RELATIONS_AT, [graph, names]);
}

/** The names at both ends of relations, each once. */
export function namesOf(relations: readonly Relation[]): string[] {
  return distinct(relations.flatMap(({ from, to }) => [from, to]));
}

/** The refusal of a call that names entities which do not exist. */
export function unknown(names: readonly string[]): GraphError {
  const list = distinct(names)
    .map((name) => JSON.stringify(name))
    .join(", ");
  return new GraphError("unknown-entity", `No such entity: ${list}. Create it first.`);
}

const HEADS = `
  SELECT h.entity, h.name, h.entity_type AS "entityType", h.tags, h.importance, h.extra
  FROM unnest($2::text[]) AS wanted(name), LATERAL ${headsNamed("wanted.name")} AS h
  WHERE h.graph = $1 AND h.name = wanted.name AND h.until IS NULL`;

const COLUMNS = `
  r.id, r.from_name AS "from", r.to_name AS "to", r.relation_type AS "relationType", r.extra`;

const RELATIONS = `
  SELECT ${COLUMNS}
  FROM json_to_recordset($2::json) AS wanted("from" text, "to" text, "relationType" text),
    LATERAL ${relationsLike('wanted."from"', 'wanted."to"', 'wanted."relationType"')} AS r
  WHERE r.graph = $1 AND r.until IS NULL
    AND r.from_name = wanted."from" AND r.to_name = wanted."to" AND r.relation_type = wanted."relationType"`;

const RELATIONS_AT = `
  WITH wanted AS (SELECT DISTINCT name FROM unnest($2::text[]) AS name), found AS (
    SELECT r.* FROM wanted, LATERAL ${relationsAtEnd("from_name", "wanted.name")} AS r
    WHERE r.graph = $1 AND r.until IS NULL AND r.from_name = wanted.name
    UNION ALL
    SELECT r.* FROM wanted, LATERAL ${relationsAtEnd("to_name", "wanted.name")} AS r
    WHERE r.graph = $1 AND r.until IS NULL AND r.to_name = wanted.name
  )
  SELECT DISTINCT ON (r.id) ${COLUMNS} FROM found r ORDER BY r.id`;
