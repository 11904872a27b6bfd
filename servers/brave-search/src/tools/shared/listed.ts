import type { Answer } from "./brave-tool.ts";
import { type Item, paragraphs } from "./sections.ts";

const LAST_OFFSET = 9;

/** A page of a list: Brave does not say whether there is another, a full page makes it likely. */
export function listed(
  results: Item[],
  { count, offset = 0 }: { readonly count?: number; readonly offset?: number },
  usual: number,
): Answer<{ results: Item[]; next_offset?: number }> {
  const isFull = results.length >= (count ?? usual) && offset < LAST_OFFSET;
  const shown = results.length === 0 ? "Nothing found" : paragraphs(results);
  if (!isFull) return { text: shown, data: { results } };
  const next = offset + 1;
  return { text: `${shown}\n\nNext page: offset ${next}`, data: { results, next_offset: next } };
}
