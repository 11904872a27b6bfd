import { isCorrectable, nearWords, trigrams } from "../../graph/near-words.ts";
import type { Connection } from "../connection.ts";

/** Words that begin alike, of which a search takes in this many. */
const EXPANSIONS = 50;
/** Words that resemble one, of which the nearest are looked for among this many. */
const CANDIDATES = 200;

/** Adds words to those a graph knows; none are ever taken away, whether a word still occurs is for the search to see. */
export function learnWords(
  connection: Connection,
  graph: number,
  words: ReadonlySet<string>,
): void {
  for (const text of words) {
    const { changes, id } = connection.run(
      "INSERT INTO word (graph, text) VALUES (:graph, :text) ON CONFLICT DO NOTHING",
      { graph, text },
    );
    if (changes === 0 || !isCorrectable(text)) continue;
    for (const gram of trigrams(text)) {
      connection.run("INSERT INTO trigram (graph, gram, word) VALUES (:graph, :gram, :id)", {
        graph,
        gram,
        id,
      });
    }
  }
}

/** Words of a graph that begin with `start`, in alphabetical order, and whether these are all. */
export function wordsThatBegin(
  connection: Connection,
  graph: number,
  start: string,
): { words: string[]; isAll: boolean } {
  const rows = connection.all<{ text: string }>(
    `SELECT text FROM word WHERE graph = :graph AND text >= :start AND text < :end
     ORDER BY text LIMIT ${EXPANSIONS + 1}`,
    { graph, start, end: `${start}\u{10ffff}` },
  );
  const words = rows.slice(0, EXPANSIONS).map(({ text }) => text);
  return { words, isAll: rows.length <= EXPANSIONS };
}

/** Words of a graph that `word` may be a misspelling of, the likeliest first. */
export function wordsLike(connection: Connection, graph: number, word: string): string[] {
  if (!isCorrectable(word)) return [];
  const candidates = connection.all<{ text: string }>(
    `SELECT w.text FROM (
       SELECT word, count(*) AS shared FROM trigram
       WHERE graph = :graph AND gram IN (SELECT value FROM json_each(:grams))
       GROUP BY word ORDER BY shared DESC LIMIT ${CANDIDATES}
     ) AS near JOIN word AS w ON w.id = near.word`,
    { graph, grams: JSON.stringify(trigrams(word)) },
  );
  return nearWords(
    word,
    candidates.map(({ text }) => text),
  );
}
