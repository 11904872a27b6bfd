import { alive } from "./reading.ts";

/**
 * Rows looked up by texts, which may be longer than an index takes: by a hash with the graph as its seed. The lookup is
 * fenced (`OFFSET 0`) and knows no other condition, so that it always goes by its index, also in a graph that has grown
 * since the planner's statistics were gathered. Users of these compare the text and the graph, $1, themselves.
 */

/** Versions of entities that may have a name. */
export function headsNamed(name: string): string {
  return fenced("head", `hashtextextended(name, graph) = hashtextextended(${name}, $1::integer)`);
}

/** The version of an entity that counts. */
export function headOf(entity: string, moment: number | undefined): string {
  return fenced("head", `graph = $1 AND entity = ${entity} AND ${alive("head", moment)}`);
}

/** Versions of relations that may begin, or end, at a name. */
export function relationsAtEnd(end: "from_name" | "to_name", name: string): string {
  return fenced(
    "relation",
    `hashtextextended(${end}, graph) = hashtextextended(${name}, $1::integer)`,
  );
}

/** Versions of relations that may have these ends and this type. */
export function relationsLike(from: string, to: string, type: string): string {
  return fenced(
    "relation",
    `hashtextextended(relation_type, hashtextextended(to_name, hashtextextended(from_name, graph)))
      = hashtextextended(${type}, hashtextextended(${to}, hashtextextended(${from}, $1::integer)))`,
  );
}

/** Versions of an entity's observation that may have a text. */
export function observationsLike(entity: string, text: string): string {
  return fenced(
    "observation",
    `hashtextextended(text, (graph::bigint << 32) + entity)
      = hashtextextended(${text}, ($1::integer::bigint << 32) + ${entity})`,
  );
}

/** Foreign records that may have a text. */
export function linesLike(line: string): string {
  return fenced(
    "foreign_line",
    `hashtextextended(line, graph) = hashtextextended(${line}, $1::integer)`,
  );
}

function fenced(table: string, condition: string): string {
  return `(SELECT * FROM portico_memory.${table} WHERE ${condition} OFFSET 0)`;
}
