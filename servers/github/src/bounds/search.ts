import type { AllowList } from "./allow-list.ts";

/** Qualifiers that say where to search; several of them widen a search. */
const PLACES = /^-?(?:repo|user|org|owner)$/i;

/**
 * A search as it stays inside the allow-list: without its own places where those leave it, and with those of the list
 * where it names none. GitHub joins places by "or", so one outside would widen what the list narrows.
 * @throws {TypeError} when the search names a place outside, or alternatives that a place does not hold together
 */
export function narrowed(query: string, allowed: AllowList): string {
  if (!allowed.isOn) return query;
  const terms = termsOf(query);
  if (terms.some((term) => /^(?:OR|NOT|AND)$/.test(term) || /[()]/.test(unquoted(term)))) {
    throw new TypeError(
      "With --allow-repos a search has no OR, AND, NOT or parentheses; search once for each.",
    );
  }
  const places = terms.filter(isPlace);
  for (const place of places) {
    if (!admitted(place, allowed)) {
      throw new TypeError(
        `The search asks for ${place}, which is outside the repositories this server may touch (--allow-repos).`,
      );
    }
  }
  const positive = places.filter((place) => !place.startsWith("-"));
  return positive.length > 0 ? query : `${query} ${allowed.qualifiers}`.trim();
}

/** Whether a search stays inside as it is. */
export function isNarrowed(query: string, allowed: AllowList): boolean {
  try {
    return narrowed(query, allowed) === query;
  } catch {
    return false;
  }
}

/** The words of a search; blanks within quotes separate none. */
function termsOf(query: string): string[] {
  return query.match(/(?:[^\s"]|"(?:[^"\\]|\\.)*"?)+/g) ?? [];
}

const unquoted = (term: string) => term.replace(/"(?:[^"\\]|\\.)*"?/g, "");

function isPlace(term: string): boolean {
  const at = term.indexOf(":");
  return at > 0 && PLACES.test(term.slice(0, at));
}

function admitted(place: string, allowed: AllowList): boolean {
  if (place.startsWith("-")) return true;
  const value = place.slice(place.indexOf(":") + 1).replaceAll('"', "");
  // Several values separated by commas are one place to us: none of them has a comma in its name.
  const [owner = "", repo] = value.split("/");
  return owner !== "" && owner !== "@me" && allowed.admits(owner, repo);
}
