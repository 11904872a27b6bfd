/** Words as the search index has them: letters, digits and the marks that belong to them. */
const WORD = /[\p{L}\p{N}\p{Mn}\p{Mc}\p{Co}]+/gu;
/** Scripts that put no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const EACH_UNSPACED = new RegExp(UNSPACED, "gu");
/** A space that is not seen: what stands between the characters of an unspaced script in the index. */
const UNSEEN_SPACE = "\u200b";
const LATIN_WITH_ACCENTS = /(\p{Script=Latin})[\u0300-\u036f]+/gu;

/** Characters of a word that others may begin with: too much begins like a single one. */
export const SHORTEST_BEGINNING = 2;

/** A word of a search, as it was written. */
export interface Word {
  readonly text: string;
  /** True where each character is a word of its own, and the whole a sequence of them. */
  readonly unspaced: boolean;
}

/** The words of a search, each once. */
export function searchWords(text: string): Word[] {
  const words = new Set(text.toWellFormed().match(WORD) ?? []);
  return [...words].map((word) => ({ text: word, unspaced: UNSPACED.test(word) }));
}

/** Distinct words of a text as they are compared: in small letters, Latin ones without accents. At most `limit`. */
export function vocabulary(text: string, limit: number): Set<string> {
  const words = new Set<string>();
  for (const [word] of text.matchAll(WORD)) {
    if (words.size >= limit) break;
    if (!UNSPACED.test(word)) words.add(folded(word));
  }
  return words;
}

/** A word in small letters, Latin ones without accents. */
export function folded(word: string): string {
  const small = word.toLowerCase();
  // Most words are plain ASCII, and indexing meets a great many.
  if (/^[ -~]*$/.test(small)) return small;
  return small.normalize("NFD").replace(LATIN_WITH_ACCENTS, "$1").normalize("NFC");
}

/** Text for the index: characters of unspaced scripts are set apart. */
export function spaced(text: string): string {
  if (!UNSPACED.test(text)) return text;
  return text.replace(EACH_UNSPACED, (character) => UNSEEN_SPACE + character + UNSEEN_SPACE);
}

/** Text from the index as it was before `spaced`. */
export function unspaced(text: string): string {
  return text.replaceAll(UNSEEN_SPACE, "");
}
