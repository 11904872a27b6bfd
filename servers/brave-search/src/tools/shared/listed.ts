import { s } from "@portico/core";
import type { Answer } from "./brave-tool.ts";
import { USUAL_COUNT } from "./parameters.ts";
import { type Item, items, paragraphs } from "./sections.ts";

const LAST_OFFSET = 9;

/** The structured output of searches for news and for videos. */
export const listOutput = s.object({ results: items, next_offset: s.optional(s.integer()) });

/** A page of a list: Brave does not say whether there is another, a full page makes it likely. */
export function listed(
  results: Item[],
  { count = USUAL_COUNT, offset = 0 }: { readonly count?: number; readonly offset?: number },
): Answer<{ results: Item[]; next_offset?: number }> {
  const isFull = results.length >= count && offset < LAST_OFFSET;
  const shown = results.length === 0 ? "Nothing found" : paragraphs(results);
  if (!isFull) return { text: shown, data: { results } };
  const next = offset + 1;
  return { text: `${shown}\n\nNext page: offset ${next}`, data: { results, next_offset: next } };
}
