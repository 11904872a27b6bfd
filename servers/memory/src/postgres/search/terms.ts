import { LIMITS } from "../../graph/check.ts";
import { GraphError } from "../../graph/error.ts";
import { isCorrectable, nearWords } from "../../graph/near-words.ts";
import { SHORTEST_BEGINNING, searchWords } from "../../graph/words.ts";
import { alive, type Reading } from "../reading.ts";
import { gramsOf, wordsOf } from "../words.ts";

/** A word of a search. */
export interface Term {
  readonly word: string;
  /** What stands for it: as tsquery. */
  readonly wanted: string;
  /** How many names and observations it occurs in; no more than `FREQUENT` are counted, or 1 for a single word. */
  readonly count: number;
  /** What was searched in its place, where it occurs nowhere. */
  readonly corrections: readonly string[];
}

/** A word that occurs this often is not where to begin looking. */
export const FREQUENT = 5_000;

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
  const counted = asked.length > 1 ? FREQUENT : 1;
  const values = [reading.graph, asked, counted, COMPLETIONS];
  const rows = await reading.query<Meant>(knownTerms(reading.moment), values);
  return Promise.all(
    rows.map((row) => (row.count > 0 ? { ...row, corrections: [] } : corrected(reading, row))),
  );
}

/** What a word means, and how often that occurs. */
type Meant = Omit<Term, "corrections">;

async function corrected(
  { query, graph, moment }: Reading,
  { word, wanted }: Meant,
): Promise<Term> {
  const none = { word, wanted, count: 0, corrections: [] };
  if (!isCorrectable(word)) return none;
  const grams = gramsOf(graph, word);
  const near = await query<{ word: string }>(NEAR, [graph, grams, [...word].length, CANDIDATES]);
  const ranked = nearWords(
    word,
    near.map((candidate) => candidate.word),
  );
  if (ranked.length === 0) return none;
  const rows = await query<Meant>(occurring(moment), [graph, ranked, FREQUENT]);
  if (rows.length === 0) return none;
  return {
    word,
    wanted: rows.map((one) => `(${one.wanted})`).join(" | "),
    count: rows.reduce((sum, one) => sum + one.count, 0),
    corrections: rows.map((one) => one.word),
  };
}

/** How often something matches that bears the mark of the graph, counted up to $3. */
function count(wanted: string, moment: number | undefined): string {
  const matches = `@@ (('@' || $1::integer)::tsquery && ${wanted})`;
  // Planned as if all were wanted: for a few, the planner would rather read everything than begin with the index.
  const counted = (table: "head" | "observation") => `(
    WITH matching AS MATERIALIZED (
      SELECT 1 FROM portico_memory.${table} v WHERE v.terms ${matches} AND ${alive("v", moment)})
    SELECT count(*) FROM (SELECT FROM matching LIMIT $3) AS counted)`;
  return `(${counted("head")} + ${counted("observation")})`;
}

/**
 * Characters PostgreSQL takes for no part of a word ask for nothing. A word means itself, its stem, what begins with it,
 * and the other forms of that; a single letter means itself. That is found out once, not for each row it is compared to.
 */
function knownTerms(moment: number | undefined): string {
  return `
    WITH meant AS MATERIALIZED (
      SELECT word, place, CASE WHEN length(word) < ${SHORTEST_BEGINNING}
        THEN phraseto_tsquery('portico_memory.stemmed', word)
        ELSE portico_memory.wanted(word || ARRAY(
          SELECT longer.word FROM portico_memory.word longer
          WHERE longer.graph = $1 AND longer.word > asked.word COLLATE "C"
            AND longer.word < (asked.word || chr(1114111)) COLLATE "C"
          ORDER BY longer.word LIMIT $4)) END AS wanted
      FROM unnest($2::text[]) WITH ORDINALITY AS asked(word, place)
    )
    SELECT word, wanted::text AS wanted, ${count("wanted", moment)} AS count
    FROM meant WHERE numnode(wanted) > 0 ORDER BY place`;
}

/** Those of the words that still occur, in the order given. */
function occurring(moment: number | undefined): string {
  return `
    WITH meant AS MATERIALIZED (
      SELECT word, place, portico_memory.wanted(ARRAY[word]) AS wanted
      FROM unnest($2::text[]) WITH ORDINALITY AS asked(word, place)
    ), counted AS MATERIALIZED (
      SELECT word, place, wanted::text AS wanted, ${count("wanted", moment)} AS count FROM meant
    )
    SELECT word, wanted, count FROM counted WHERE count > 0 ORDER BY place`;
}

/** Words of about the same length that share most runs of letters. */
const NEAR = `
  SELECT near.word FROM portico_memory.word near
  WHERE near.graph = $1 AND near.grams && $2::text[] AND length(near.word) BETWEEN $3 - 2 AND $3 + 2
  ORDER BY (SELECT count(*) FROM unnest(near.grams) AS gram WHERE gram = ANY ($2::text[])) DESC, near.word
  LIMIT $4`;
