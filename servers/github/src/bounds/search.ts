import type { AllowList } from "./allow-list.ts";

/** What may say where to search, and would widen it, since several places are joined by "or"; also within quotes. */
const PLACE = /(?<!\w)(?<!(?:^|\s)-)(?:repo|user|org|owner)\s*:\s*"?([^\s"]*)/gi;

/** What surely does. */
const SURE_PLACE = /(?:^|\s)(?:repo|user|org):[\w./-]+(?=\s|$)/i;

/** What joins conditions in a way that a place beside them does not hold together. */
const ALTERNATIVES = /(?<![\w-])(?:OR|AND|NOT)(?![\w-])|[()]/;

/**
 * A search as it stays inside the allow-list: with the places of the list before it where it names none of its own.
 * What stands in quotes is judged as if it did not, since who ends a quote where is GitHub's to say.
 * @throws {TypeError} when it names a place outside, or alternatives
 */
export function narrowed(query: string, allowed: AllowList): string {
  if (!allowed.isOn) return query;
  if (ALTERNATIVES.test(query)) {
    throw new TypeError(
      "With --allow-repos a search has no OR, AND, NOT or parentheses; search once for each.",
    );
  }
  for (const [place, names = ""] of query.matchAll(PLACE)) {
    if (names.split(",").every((name) => isInside(name, allowed))) continue;
    throw new TypeError(
      `The search asks for ${place.trim()}, which is outside the repositories this server may touch (--allow-repos).`,
    );
  }
  return isBounded(query) ? query : `${allowed.qualifiers} ${query}`.trim();
}

/** Whether a place surely holds it: one that stands before anything quoted. */
function isBounded(query: string): boolean {
  const quote = query.search(/["']/);
  return SURE_PLACE.test(quote < 0 ? query : query.slice(0, quote).replace(/\S+$/, ""));
}

/** Whether a search stays inside as it is. */
export function isNarrowed(query: string, allowed: AllowList): boolean {
  try {
    return narrowed(query, allowed) === query;
  } catch {
    return false;
  }
}

function isInside(name: string, allowed: AllowList): boolean {
  const [owner = "", repo] = name.split("/");
  return owner !== "" && allowed.admits(owner, repo);
}
