import { LIMITS } from "../../graph/check.ts";
import { GraphError } from "../../graph/error.ts";
import { isCorrectable, nearWords } from "../../graph/near-words.ts";
import { searchWords } from "../../graph/words.ts";
import { alive, type Reading } from "../reading.ts";
import { gramsOf, wordsOf } from "../words.ts";

/** A word of a search. */
export interface Term {
  readonly word: string;
  /** What stands for it: as tsquery. */
  readonly wanted: string;
  /** What was searched in its place, where it occurs nowhere. */
  readonly corrections: readonly string[];
}

/** Words of the graph that a beginning stands for; more are found by their own beginning only. */
const COMPLETIONS = 50;

/** Words that are compared letter by letter. */
const CANDIDATES = 60;

/**
 * What a text asks for.
 * @throws {GraphError} `invalid` for too many words
 */
export async function termsOf(reading: Reading, text: string): Promise<Term[]> {
  const words = searchWords(text);
  if (words.length > LIMITS.words) {
    throw new GraphError(
      "invalid",
      `A search can have ${LIMITS.words} words, not ${words.length}: leave some out.`,
    );
  }
  // What a word is split into occurs as it was split.
  const asked = words.map((word) => wordsOf(word.text).join(" ")).filter((word) => word !== "");
  if (asked.length === 0) return [];
  const rows = await reading.query<{ word: string; wanted: string; occurs: boolean }>(
    knownTerms(reading.moment),
    [reading.graph, asked, COMPLETIONS],
  );
  return Promise.all(
    rows.map((row) => (row.occurs ? { ...row, corrections: [] } : corrected(reading, row))),
  );
}

async function corrected(
  { query, graph, moment }: Reading,
  { word, wanted }: { readonly word: string; readonly wanted: string },
): Promise<Term> {
  const none = { word, wanted, corrections: [] };
  if (!isCorrectable(word)) return none;
  const grams = gramsOf(graph, word);
  const near = await query<{ word: string }>(NEAR, [graph, grams, [...word].length, CANDIDATES]);
  const ranked = nearWords(
    word,
    near.map((candidate) => candidate.word),
  );
  if (ranked.length === 0) return none;
  const rows = await query<{ word: string; wanted: string }>(occurring(moment), [graph, ranked]);
  if (rows.length === 0) return none;
  return {
    word,
    wanted: rows.map((one) => `(${one.wanted})`).join(" | "),
    corrections: rows.map((one) => one.word),
  };
}

/** Whether anything of the graph matches. */
function occurs(wanted: string, moment: number | undefined): string {
  const matches = `@@ (('@' || $1::integer)::tsquery && ${wanted})`;
  return `(
    EXISTS (SELECT FROM portico_memory.observation o WHERE o.terms ${matches} AND ${alive("o", moment)})
    OR EXISTS (SELECT FROM portico_memory.head h WHERE h.terms ${matches} AND ${alive("h", moment)}))`;
}

/** Characters PostgreSQL takes for no part of a word ask for nothing. A word means itself, its stem, what begins with it, and the other forms of that. */
function knownTerms(moment: number | undefined): string {
  return `
    SELECT word, wanted::text AS wanted, ${occurs("wanted", moment)} AS occurs
    FROM unnest($2::text[]) WITH ORDINALITY AS asked(word, place), LATERAL (
      SELECT portico_memory.wanted(asked.word || ARRAY(
        SELECT longer.word FROM portico_memory.word longer
        WHERE longer.graph = $1 AND longer.word > asked.word COLLATE "C"
          AND longer.word < (asked.word || chr(1114111)) COLLATE "C"
        ORDER BY longer.word LIMIT $3)) AS wanted
    ) AS meant
    WHERE numnode(wanted) > 0
    ORDER BY place`;
}

/** Those of the words that still occur, in the order given. */
function occurring(moment: number | undefined): string {
  return `
    SELECT word, wanted::text AS wanted
    FROM unnest($2::text[]) WITH ORDINALITY AS asked(word, place), LATERAL (
      SELECT portico_memory.wanted(ARRAY[asked.word]) AS wanted) AS meant
    WHERE ${occurs("wanted", moment)}
    ORDER BY place`;
}

/** Words of about the same length that share most runs of letters. */
const NEAR = `
  SELECT near.word FROM portico_memory.word near
  WHERE near.graph = $1 AND near.grams && $2::text[] AND length(near.word) BETWEEN $3 - 2 AND $3 + 2
  ORDER BY (SELECT count(*) FROM unnest(near.grams) AS gram WHERE gram = ANY ($2::text[])) DESC, near.word
  LIMIT $4`;
