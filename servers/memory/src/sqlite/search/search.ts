import { cursorNumber } from "../../graph/cursor.ts";
import { fuse } from "../../graph/fuse.ts";
import type { Search, SearchPage } from "../../graph/types.ts";
import type { Connection } from "../connection.ts";
import { detailsOf } from "../read/details.ts";
import { allOf, anyOf, type Match, matchOf } from "./match.ts";
import { changedSince, documentsAt } from "./past.ts";
import { type Filters, filtersOf, type Ranked, rank, TIER } from "./rank.ts";
import type { Scratch } from "./scratch.ts";
import { nearest } from "./vectors.ts";

/** Of what words find and of what meaning finds, so many are ranked together. */
const FUSED = 200;

interface Searching {
  readonly connection: Connection;
  readonly scratch: Scratch;
  readonly graph: number;
  /** The last change of the time that is searched. */
  readonly at: number | undefined;
}

/** Searches a graph by words, and by meaning where the caller knows it. */
export async function search(searching: Searching, wanted: Search): Promise<SearchPage> {
  const { connection, scratch, graph, at } = searching;
  const offset = cursorNumber(wanted.after, 0);
  const match = matchOf(connection, graph, wanted);
  const { ranked, isCut } = await rankedBy(searching, wanted, match, offset);
  const shown = ranked.slice(0, wanted.limit);
  const scores = new Map(shown.map(({ id, score }) => [id, score]));
  const details = detailsOf(connection, [...scores.keys()], at);
  const passages = [...details].flatMap(([id, { facts }]) =>
    facts.map(({ text }) => ({ id, text })),
  );
  const snippets = scratch.snippets(passages, anyOf(match.terms));
  const items = shown.flatMap(({ id, score }) => {
    const entity = details.get(id);
    return entity === undefined ? [] : [{ entity, score, snippets: snippets.get(id) ?? [] }];
  });
  const isLast = ranked.length <= wanted.limit;
  const next = isLast ? {} : { next: String(offset + wanted.limit) };
  return { items, corrected: match.corrected, ...next, cut: isLast && isCut };
}

/** What to show, and one more if there is more; with whether more may match than are ranked. */
async function rankedBy(
  searching: Searching,
  wanted: Search,
  match: Match,
  offset: number,
): Promise<{ ranked: readonly Ranked[]; isCut: boolean }> {
  const filters = filtersOf(wanted);
  const limit = wanted.limit + 1;
  // What things mean is kept of the present only.
  if (wanted.vector === undefined || searching.at !== undefined) {
    const ranked = byWords(searching, wanted.text, match, { filters, limit, offset });
    const isTiered = match.terms.every(({ isCommon }) => isCommon);
    return { ranked, isCut: isTiered && offset + ranked.length >= TIER };
  }
  const words = byWords(searching, wanted.text, match, { filters, limit: FUSED + 1, offset: 0 });
  const meaning = await nearest(
    searching.connection,
    searching.graph,
    wanted.vector,
    filters,
    FUSED,
  );
  const fused = fuse([words.slice(0, FUSED), meaning].map((some) => some.map(({ id }) => id)));
  return { ranked: fused.slice(offset, offset + limit), isCut: words.length > FUSED };
}

function byWords(
  { connection, scratch, graph, at }: Searching,
  text: string,
  { terms }: Match,
  part: { readonly filters: Filters; readonly limit: number; readonly offset: number },
): Ranked[] {
  if (terms.length === 0) return [];
  const now = { terms, text, filters: part.filters };
  if (at === undefined) return rank(connection, graph, { ...now, ...part });
  // What has not changed since is found as it is; what has, as it was.
  const changed = changedSince(connection, graph, at);
  const end = part.offset + part.limit;
  const unchanged = rank(connection, graph, { ...now, limit: end + changed.size, offset: 0 });
  const documents = documentsAt(connection, changed, at, part.filters);
  return unchanged
    .filter(({ id }) => !changed.has(id))
    .concat(scratch.matching(documents, allOf(terms)))
    .sort((one, other) => other.score - one.score)
    .slice(part.offset, end);
}
