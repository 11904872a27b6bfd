/** Words shorter than this are not corrected: too many resemble each. */
const SHORTEST = 4;
/** Words longer than this are hardly words. */
const LONGEST = 32;
const LETTERS_ONLY = /^\p{L}+$/u;

/** True for words that are worth correcting, or correcting to. */
export function isCorrectable(word: string): boolean {
  return word.length >= SHORTEST && word.length <= LONGEST && LETTERS_ONLY.test(word);
}

/** Three-letter pieces of a word, its beginning and end included: words that resemble each other share some. */
export function trigrams(word: string): string[] {
  const letters = ["^", ...word, "$"];
  const grams = letters.slice(2).map((_, index) => letters.slice(index, index + 3).join(""));
  return [...new Set(grams)];
}

/** Those of `candidates` that are fewest slips of the finger from `word`, if that is few enough; at most five. */
export function nearWords(word: string, candidates: readonly string[]): string[] {
  const allowed = word.length >= 8 ? 2 : 1;
  const measured = candidates
    .map((candidate) => ({ candidate, slips: slips(word, candidate, allowed) }))
    .filter(({ slips }) => slips <= allowed);
  const fewest = Math.min(...measured.map(({ slips }) => slips));
  return measured
    .filter(({ slips }) => slips === fewest)
    .map(({ candidate }) => candidate)
    .slice(0, 5);
}

/** Letters left out, added, changed, or swapped with their neighbour between two words; any number beyond `most` for more. */
export function slips(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const changed = at(last, j - 1) + (one[i - 1] === other[j - 1] ? 0 : 1);
      row[j] = Math.min(changed, at(last, j) + 1, at(row, j - 1) + 1);
      const isSwap = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (i > 1 && j > 1 && isSwap) row[j] = Math.min(at(row, j), at(beforeLast, j - 2) + 1);
    }
    [beforeLast, last] = [last, row];
  }
  return at(last, other.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
