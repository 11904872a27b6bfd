import type { Query } from "../connections.ts";
import { wordsOf } from "../words.ts";
import type { Term } from "./terms.ts";

/** Characters around the first match that are shown. */
const SHOWN = { before: 60, after: 120 };

/** Snippets of one entity. */
const MOST = 3;

/** Words in running text with where they are. */
const WORD = /[\p{L}\p{N}\p{M}]+/gu;

interface Match {
  readonly start: number;
  readonly end: number;
}

/**
 * Marks the words that were found.
 * @param texts candidates, for each entity
 */
export async function snippetsOf(
  query: Query,
  texts: readonly (readonly string[])[],
  terms: readonly Term[],
): Promise<string[][]> {
  if (terms.length === 0) return texts.map(() => []);
  const wanted = terms.map((term) => `(${term.wanted})`).join(" | ");
  const words = new Set(texts.flat().flatMap(wordsOf));
  const rows = await query<{ word: string }>(MATCHING, [[...words], wanted]);
  const matching = new Set(rows.map(({ word }) => word));
  return texts.map((facts) =>
    facts.flatMap((fact) => snippetOf(fact, matching) ?? []).slice(0, MOST),
  );
}

function snippetOf(text: string, matching: ReadonlySet<string>): string | undefined {
  const matches = matchesIn(text, matching);
  const first = matches[0];
  if (!first) return undefined;
  const start = first.start <= SHOWN.before ? 0 : wordStart(text, first.start - SHOWN.before);
  const end = wordEnd(text, Math.max(first.end, first.start + SHOWN.after));
  let shown = start > 0 ? "…" : "";
  let at = start;
  for (const match of matches) {
    if (match.end > end) break;
    shown += `${text.slice(at, match.start)}**${text.slice(match.start, match.end)}**`;
    at = match.end;
  }
  return `${shown}${text.slice(at, end)}${end < text.length ? "…" : ""}`.replaceAll(/\s+/g, " ");
}

function matchesIn(text: string, matching: ReadonlySet<string>): Match[] {
  const matches: Match[] = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const start = index;
    if (wordsOf(word).some((one) => matching.has(one))) {
      matches.push({ start, end: start + word.length });
    }
    // Further ones are not shown.
    if (matches[0] && start > matches[0].start + SHOWN.after) break;
  }
  return matches;
}

/** Never cuts a word, unless it is endless. */
function wordStart(text: string, at: number): number {
  const space = text.slice(at, at + SHOWN.before).search(/\s/);
  return space < 0 ? at : at + space + 1;
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.slice(at, at + SHOWN.before).search(/\s/);
  return space < 0 ? at : at + space;
}

const MATCHING = `
  SELECT word FROM unnest($1::text[]) AS word
  WHERE to_tsvector('portico_memory.stemmed', word) @@ $2::tsquery`;
