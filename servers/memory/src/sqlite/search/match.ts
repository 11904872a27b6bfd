import { LIMITS } from "../../graph/check.ts";
import { GraphError } from "../../graph/error.ts";
import type { Search } from "../../graph/types.ts";
import { folded, SHORTEST_BEGINNING, searchWords, spaced, type Word } from "../../graph/words.ts";
import type { Connection } from "../connection.ts";
import { entitiesEver, idsOf } from "../graph-ids.ts";
import { wordsLike, wordsThatBegin } from "./vocabulary.ts";

/** A search as FTS5 takes it. */
export interface Match {
  /** What must occur, each of it; nothing where that cannot be anything. */
  readonly terms: readonly Term[];
  readonly corrected: Record<string, readonly string[]>;
}

/** What finds one word of a search. */
export interface Term {
  /** The word in any of its forms, what begins with it, or what it may be a misspelling of. */
  readonly sql: string;
  /** The word in any of its forms. */
  readonly whole: string;
  /** True of a word that occurs in so many entities that it says little about which to choose. */
  readonly isCommon: boolean;
}

/** Entities a word that is not common occurs in. Ranking by a word goes through all of them. */
const COMMON = 10_000;
/** Beginnings at least this long are looked for in the index of any graph: shorter ones take it long. */
const SHORTEST_INDEXED = 4;
/** Entities of a graph in whose index shorter ones are looked for, too. */
const SMALL_GRAPH = 100_000;

/**
 * What to look for, for the words of a search. Only letters and digits of the caller's get into it, between quotes.
 * @throws {GraphError} `invalid` for more words than can be searched at once
 */
export function matchOf(
  connection: Connection,
  graph: number,
  { text, at }: Pick<Search, "text" | "at">,
): Match {
  const words = searchWords(text);
  if (words.length > LIMITS.words) {
    throw new GraphError(
      "invalid",
      `The search has ${words.length} words; use ${LIMITS.words} or fewer.`,
    );
  }
  const corrected: Record<string, readonly string[]> = {};
  const terms: Term[] = [];
  for (const word of words) {
    const term = { sql: termOf(connection, graph, word), whole: quoted(spaced(word.text)) };
    const count = countOf(connection, graph, term.sql);
    // What occurred at a past time is not known beforehand.
    if (count > 0 || at !== undefined) {
      terms.push({ ...term, isCommon: count > COMMON });
      continue;
    }
    const near = wordsLike(connection, graph, folded(word.text)).filter(
      (other) => countOf(connection, graph, quoted(other)) > 0,
    );
    if (near.length === 0) return { terms: [], corrected: {} };
    // By this name, unlike by assignment, a field can also be called "__proto__".
    Object.defineProperty(corrected, word.text, { value: near, enumerable: true });
    const sql = oneOf(near.map(quoted));
    terms.push({ sql, whole: sql, isCommon: countOf(connection, graph, sql) > COMMON });
  }
  return { terms, corrected };
}

/** All of some terms. */
export function allOf(terms: readonly Term[]): string {
  return terms.map(({ sql }) => sql).join(" AND ");
}

/** Any of some terms. */
export function anyOf(terms: readonly Term[]): string {
  return terms.map(({ sql }) => sql).join(" OR ");
}

/** All of some terms, as whole words. */
export function allWhole(terms: readonly Term[]): string {
  return terms.map(({ whole }) => whole).join(" AND ");
}

/** The word itself in any of its forms, or as the beginning of others. */
function termOf(connection: Connection, graph: number, { text, unspaced }: Word): string {
  if (unspaced) return quoted(spaced(text));
  const length = [...text].length;
  if (length < SHORTEST_BEGINNING) return quoted(text);
  // A beginning is cut like an ending would be ("entity" to "entiti"), so that the index alone does not find all.
  const longer = wordsThatBegin(connection, graph, folded(text));
  const isIndexed =
    !longer.isAll && (length >= SHORTEST_INDEXED || entitiesEver(connection, graph) <= SMALL_GRAPH);
  const indexed = isIndexed ? [`${quoted(text)}*`] : [];
  return oneOf([quoted(text), ...indexed, ...longer.words.map(quoted)]);
}

/** Entities of a graph in which a term occurs, counted up to one more than are common. */
function countOf(connection: Connection, graph: number, term: string): number {
  const { first, end } = idsOf(graph);
  const row = connection.get<{ count: number }>(
    `SELECT count(*) AS count FROM (
       SELECT 1 FROM search WHERE search MATCH :term
         AND rowid >= CAST(:first AS INTEGER) AND rowid < CAST(:end AS INTEGER)
       LIMIT ${COMMON + 1})`,
    { term, first, end },
  );
  return row?.count ?? 0;
}

function quoted(words: string): string {
  return `"${words}"`;
}

function oneOf(terms: readonly string[]): string {
  return `(${[...new Set(terms)].join(" OR ")})`;
}
