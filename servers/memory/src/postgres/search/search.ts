import { cursorNumber } from "../../graph/cursor.ts";
import { fuse } from "../../graph/fuse.ts";
import type { Found, Search, SearchPage } from "../../graph/types.ts";
import type { Reading } from "../reading.ts";
import { entitiesById } from "../reads/entities.ts";
import { hitsByMeaning } from "./by-meaning.ts";
import { type Hit, type Hits, hitsByWords } from "./by-words.ts";
import { snippetsOf } from "./snippets.ts";
import { type Term, termsOf } from "./terms.ts";

/** Finds entities by words, and by meaning where there is a vector: as they are, for the past by words only. */
export async function search(reading: Reading, search: Search): Promise<SearchPage> {
  const start = cursorNumber(search.after, 0);
  const terms = await termsOf(reading, search.text);
  const { hits: byWords, isCut } =
    terms.length === 0 ? NOTHING : await hitsByWords(reading, terms, search);
  const isNow = reading.moment === undefined;
  const byMeaning =
    search.vector && isNow ? await hitsByMeaning(reading, search.vector, search) : [];
  const hits = byMeaning.length === 0 ? byWords : fuse([byWords, byMeaning].map(idsOf));
  const shown = hits.slice(start, start + search.limit);
  const end = start + shown.length;
  const isLast = end >= hits.length || shown.length === 0;
  return {
    items: await foundOf(reading, shown, terms),
    corrected: correctionsOf(terms),
    ...(isLast ? {} : { next: String(end) }),
    cut: isLast && isCut,
  };
}

const NOTHING: Hits = { hits: [], isCut: false };

async function foundOf(
  reading: Reading,
  hits: readonly Hit[],
  terms: readonly Term[],
): Promise<Found[]> {
  if (hits.length === 0) return [];
  const entities = await entitiesById(
    reading,
    hits.map(({ id }) => id),
  );
  const found = hits.flatMap(({ id, score }) => {
    const entity = entities.get(id);
    return entity === undefined ? [] : [{ entity, score }];
  });
  const texts = found.map(({ entity }) => entity.facts.map(({ text }) => text));
  const snippets = await snippetsOf(reading.query, texts, terms);
  return found.map((one, index) => ({ ...one, snippets: snippets[index] ?? [] }));
}

function correctionsOf(terms: readonly Term[]): SearchPage["corrected"] {
  const corrected = terms.filter(({ corrections }) => corrections.length > 0);
  return Object.fromEntries(corrected.map(({ word, corrections }) => [word, corrections]));
}

function idsOf(hits: readonly Hit[]): number[] {
  return hits.map(({ id }) => id);
}
