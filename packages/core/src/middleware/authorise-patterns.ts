import type { Principal } from "../kernel/call.ts";
import { escapeAll } from "../uri-template/parse.ts";
import type { Patterns } from "./authorise-rules.ts";

/** Whether one of `patterns` is `text`, or a beginning of it with a `*` behind. */
export function covers(patterns: Patterns | undefined, text: string): boolean {
  return patterns?.some((pattern) => coversOne(pattern, text)) ?? false;
}

function coversOne(pattern: string, text: string): boolean {
  return pattern.endsWith("*") ? text.startsWith(pattern.slice(0, -1)) : pattern === text;
}

/** Whether one of `patterns` could cover a text that begins with `beginning`. */
export function mayCover(patterns: Patterns, beginning: string): boolean {
  return patterns.some((pattern) => {
    const known = pattern.endsWith("*") ? pattern.slice(0, -1) : pattern;
    return known.startsWith(beginning) || (pattern.endsWith("*") && beginning.startsWith(known));
  });
}

/** `patterns` with the caller's facts in them; without those that need a fact this caller does not have. */
export function fillIn(patterns: Patterns, principal: Principal | undefined): Patterns {
  return patterns.flatMap((pattern) => {
    let complete = true;
    const filled = pattern.replace(/\{(?:principal|claims\.([^{}]+))\}/g, (_, claim?: string) => {
      const value = claim === undefined ? principal?.id : claimOf(principal, claim);
      // An empty value would join the parts of the URI around it; ill-formed ones would all be written alike.
      if (typeof value !== "string" || value === "" || !value.isWellFormed()) complete = false;
      return escapeAll(String(value));
    });
    return complete ? [filled] : [];
  });
}

/** A claim of the caller, if it was established. */
export function claimOf(principal: Principal | undefined, name: string): unknown {
  const claims = principal?.claims;
  return claims && Object.hasOwn(claims, name) ? claims[name] : undefined;
}

/** How often a URI may be percent-encoded over; more is nobody's honest spelling. */
const MOST_LAYERS = 3;

/** A whole segment of dots, between slashes of either kind; a URL may lose the spaces at its end. */
const CLIMB = /(^|[/\\:])\.{1,2} *([/\\?#]|$)/;

/**
 * The spellings a server may take `uri` for: as it is, as URLs are normalised, and with nothing encoded.
 * Undefined when one of them climbs (`/../`), so that no beginning says where it leads.
 */
export function spellings(uri: string): readonly string[] | undefined {
  const plain = decoded(uri);
  // Control characters vanish from URLs, and what is left may climb.
  if (plain === undefined || CLIMB.test(plain) || /\p{Cc}/u.test(plain)) return undefined;
  const url = URL.canParse(uri) ? new URL(uri).href : uri;
  return [uri, url, plain];
}

function decoded(uri: string): string | undefined {
  let text = uri;
  for (let layer = 0; layer <= MOST_LAYERS; layer++) {
    const next = decodeOnce(text);
    if (next === undefined || next === text) return next;
    text = next;
  }
  return undefined;
}

function decodeOnce(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
