import { trigrams } from "../graph/near-words.ts";
import { folded, spaced } from "../graph/words.ts";

/** A piece of a text that is searched as a whole; longer runs are several. */
const WORD = /[\p{L}\p{N}\p{M}\p{Co}]{1,64}/gu;

/** Longer texts are searched by their distinct words. */
const LONG_TEXT = 32_768;

/** Bytes of distinct words of one text that are searched: what PostgreSQL keeps for one row. */
const MOST_BYTES = 800_000;

/** What a word costs PostgreSQL besides its letters. */
const WORD_COST = 8;

/** The words of a text, folded, in order. Characters of scripts without spaces are words of their own. */
export function wordsOf(text: string): string[] {
  return spaced(folded(text)).match(WORD) ?? [];
}

/** The words of a text as PostgreSQL is to index them. */
export function indexed(text: string): string {
  const words = wordsOf(text);
  if (text.length <= LONG_TEXT) return words.join(" ");
  const kept: string[] = [];
  let bytes = 0;
  for (const word of new Set(words)) {
    bytes += Buffer.byteLength(word) + WORD_COST;
    if (bytes > MOST_BYTES) break;
    kept.push(word);
  }
  return kept.join(" ");
}

/** What words that resemble one share with it, marked with the graph they are looked for in. */
export function gramsOf(graph: number, word: string): string[] {
  return trigrams(word).map((gram) => `${graph}:${gram}`);
}
