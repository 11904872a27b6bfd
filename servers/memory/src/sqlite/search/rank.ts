import type { Search } from "../../graph/types.ts";
import type { Connection, Values } from "../connection.ts";
import { entitiesEver, idsOf } from "../graph-ids.ts";
import { allOf, allWhole, type Term } from "./match.ts";

/** Of entities that only common words occur in, the latest that are ranked: by name, by type and tags, by facts. */
export const TIER = 1000;
/** Of so many of the latest entities, names and marks are looked through for common words. */
const LATEST = 10_000;
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
    readonly terms: readonly Term[];
    readonly text: string;
    readonly filters: Filters;
    readonly limit: number;
    readonly offset: number;
  },
): Ranked[] {
  const { terms, text, filters, limit, offset } = search;
  if (terms.length === 0) return [];
  const rare = terms.filter(({ isCommon }) => !isCommon);
  const matches =
    rare.length > 0 ? scored(terms, rare, filters) : tiered(connection, graph, terms, filters);
  return connection.all<Ranked>(
    `SELECT m.id, m.score * (0.9 + 0.2 * ifnull(e.importance, 0.5)) AS score
     FROM (${matches.sql}) AS m JOIN entity AS e ON e.id = m.id
     ORDER BY e.name = :text DESC, lower(e.name) = lower(:text) DESC, 2 DESC, e.created DESC
     LIMIT :limit OFFSET :offset`,
    { ...matches.values, ...filters.values, ...idsOf(graph), text, limit, offset },
  );
}

interface Matches {
  readonly sql: string;
  readonly values: Values;
}

/**
 * Scores by the words that are not common: what FTS5 does to score takes time by how often a word occurs anywhere.
 * Whole words count twice what mere beginnings do.
 */
function scored(terms: readonly Term[], rare: readonly Term[], filters: Filters): Matches {
  const others =
    rare.length < terms.length ? ` AND +s.rowid IN (${matching("rowid", ":all")})` : "";
  const score = `-bm25(search, ${WEIGHTS}) * iif(s.rowid IN (${matching("rowid", ":whole")}), 2, 1)`;
  return {
    sql: `${matching(`s.rowid AS id, ${score} AS score`, ":rare", filters)}${others}`,
    values: {
      rare: allOf(rare),
      whole: `(${allWhole(rare)}) AND ${allOf(rare)}`,
      ...(others === "" ? {} : { all: allOf(terms) }),
    },
  };
}

/**
 * Common words only: the latest entities they occur in, those with all of them in their name, type or tags first.
 * Names and marks of older ones are not looked through, except for the very name that was searched.
 */
function tiered(
  connection: Connection,
  graph: number,
  terms: readonly Term[],
  filters: Filters,
): Matches {
  const tier = (score: number, match: string, rest: string, first?: string) =>
    `SELECT * FROM (${matching(`s.rowid AS id, ${score} AS score`, match, filters, first)}${rest})`;
  const all = allOf(terms);
  const latest = ` ORDER BY s.rowid DESC LIMIT ${TIER}`;
  // Backwards, FTS5 would look for a match in these columns beyond where it has to stop.
  const some = ` LIMIT ${TIER}`;
  return {
    sql: `SELECT id, max(score) AS score FROM (
        ${tier(3, ":inName", some, ":recent")} UNION ALL ${tier(2, ":inMarks", some, ":recent")}
        UNION ALL ${tier(1, ":all", latest)}
        UNION ALL SELECT e.id, 4 FROM entity AS e
        WHERE e.graph = :graph AND e.name = :text AND e.type IS NOT NULL${filters.sql}
      ) GROUP BY id`,
    values: {
      inName: `name : (${all})`,
      inMarks: `{type tags} : (${all})`,
      all,
      graph,
      recent: idsOf(graph).first + Math.max(0, entitiesEver(connection, graph) - LATEST),
    },
  };
}

/** Rows of the search index, of one graph, that match; with filters of their entities. */
function matching(columns: string, match: string, filters?: Filters, first = ":first"): string {
  const isFiltered = filters !== undefined && filters.sql !== "";
  // The cross join keeps SQLite from going through all entities first.
  const entities = isFiltered ? " CROSS JOIN entity AS e ON e.id = s.rowid" : "";
  return `SELECT ${columns} FROM search AS s${entities}
    WHERE s.search MATCH ${match}
      AND s.rowid >= CAST(${first} AS INTEGER) AND s.rowid < CAST(:end AS INTEGER)${filters?.sql ?? ""}`;
}
