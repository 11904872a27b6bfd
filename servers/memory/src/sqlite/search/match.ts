import { LIMITS } from "../../graph/check.ts";
import { GraphError } from "../../graph/error.ts";
import type { Search } from "../../graph/types.ts";
import { folded, searchWords, spaced, type Word } from "../../graph/words.ts";
import type { Connection } from "../connection.ts";
import { idsOf } from "../graph-ids.ts";
import { wordsLike, wordsThatBegin } from "./vocabulary.ts";

/** A search as FTS5 takes it. */
export interface Match {
  /** Finds what all words occur in; nothing where that cannot be anything. */
  readonly all: string | undefined;
  /** Finds what any word occurs in, for showing where. */
  readonly any: string;
  readonly corrected: Record<string, readonly string[]>;
}

/** Words shorter than this are no beginnings: too much begins like them. */
const SHORTEST_BEGINNING = 2;

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
  const corrected: Record<string, readonly string[]> = Object.create(null);
  const terms: string[] = [];
  let isComplete = words.length > 0;
  for (const word of words) {
    const term = termOf(connection, graph, word);
    // What occurred at a past time is not known beforehand.
    if (at !== undefined || occurs(connection, graph, term)) {
      terms.push(term);
      continue;
    }
    const near = wordsLike(connection, graph, folded(word.text)).filter((other) =>
      occurs(connection, graph, quoted(other)),
    );
    if (near.length === 0) isComplete = false;
    else {
      corrected[word.text] = near;
      terms.push(oneOf(near.map(quoted)));
    }
  }
  return {
    all: isComplete ? terms.join(" AND ") : undefined,
    any: terms.join(" OR "),
    corrected: isComplete ? { ...corrected } : {},
  };
}

/** The word itself in any of its forms, or as the beginning of others. */
function termOf(connection: Connection, graph: number, { text, unspaced }: Word): string {
  if (unspaced) return quoted(spaced(text));
  if ([...text].length < SHORTEST_BEGINNING) return quoted(text);
  // A beginning is cut like an ending would be ("entity" to "entiti"), so that the index alone does not find all.
  const longer = wordsThatBegin(connection, graph, folded(text));
  return oneOf([quoted(text), `${quoted(text)}*`, ...longer.map(quoted)]);
}

function occurs(connection: Connection, graph: number, term: string): boolean {
  const { first, end } = idsOf(graph);
  const found = connection.get(
    `SELECT 1 FROM search WHERE search MATCH :term
       AND rowid >= CAST(:first AS INTEGER) AND rowid < CAST(:end AS INTEGER) LIMIT 1`,
    { term, first, end },
  );
  return found !== undefined;
}

function quoted(words: string): string {
  return `"${words}"`;
}

function oneOf(terms: readonly string[]): string {
  return `(${[...new Set(terms)].join(" OR ")})`;
}
