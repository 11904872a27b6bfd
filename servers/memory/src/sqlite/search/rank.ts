import type { Search } from "../../graph/types.ts";
import type { Connection, Values } from "../connection.ts";
import { idsOf } from "../graph-ids.ts";

/** Of more matches than this only the latest, and those by name, are ranked. */
const RANKED = 20_000;
/** What a word counts in name, type, tags and facts. */
const WEIGHTS = "10.0, 4.0, 4.0, 1.0";

/** An entity and how well it fits; higher is better. */
export interface Ranked {
  readonly id: number;
  readonly score: number;
}

/** Which entities of those that match count. */
export interface Filters {
  readonly sql: string;
  readonly values: Values;
}

/** Conditions on an entity `e`, from what a search is narrowed to. */
export function filtersOf({ entityTypes, tags }: Pick<Search, "entityTypes" | "tags">): Filters {
  const values: Record<string, string> = {};
  let sql = "";
  if (entityTypes !== undefined) {
    sql += " AND e.type IN (SELECT value FROM json_each(:types))";
    values.types = JSON.stringify(entityTypes);
  }
  if (tags !== undefined && tags.length > 0) {
    sql += ` AND NOT EXISTS (SELECT 1 FROM json_each(:tags) AS wanted
      WHERE wanted.value NOT IN (SELECT value FROM json_each(ifnull(e.tags, '[]'))))`;
    values.tags = JSON.stringify(tags);
  }
  return { sql, values };
}

/** Entities of a graph that match, best first: by words, a little by importance, then the latest. */
export function rank(
  connection: Connection,
  graph: number,
  search: {
    readonly match: string;
    readonly text: string;
    readonly filters: Filters;
    readonly limit: number;
    readonly offset: number;
  },
): Ranked[] {
  const { match, text, filters, limit, offset } = search;
  const { first, end } = idsOf(graph);
  const values = { match, first, end, ...filters.values };
  const { count } = connection.get<{ count: number }>(
    `SELECT count(*) AS count FROM (${matches("1", filters)} LIMIT ${RANKED + 1})`,
    values,
  ) ?? { count: 0 };
  const byName = count > RANKED ? ` UNION ${latest(":byName", filters)}` : "";
  return connection.all<Ranked>(
    `SELECT m.id, m.score * (0.9 + 0.2 * ifnull(e.importance, 0.5)) AS score
     FROM (${latest(":match", filters)}${byName}) AS m JOIN entity AS e ON e.id = m.id
     ORDER BY e.name = :text DESC, lower(e.name) = lower(:text) DESC, 2 DESC, e.created DESC
     LIMIT :limit OFFSET :offset`,
    { ...values, text, limit, offset, ...(byName === "" ? {} : { byName: `name : (${match})` }) },
  );
}

function latest(match: string, filters: Filters): string {
  const columns = `s.rowid AS id, -bm25(search, ${WEIGHTS}) AS score`;
  return `SELECT * FROM (${matches(columns, filters, match)} ORDER BY s.rowid DESC LIMIT ${RANKED})`;
}

function matches(columns: string, filters: Filters, match = ":match"): string {
  // The cross join keeps SQLite from going through all entities first.
  return `SELECT ${columns} FROM search AS s CROSS JOIN entity AS e ON e.id = s.rowid
    WHERE s.search MATCH ${match}
      AND s.rowid >= CAST(:first AS INTEGER) AND s.rowid < CAST(:end AS INTEGER)${filters.sql}`;
}
