import { SearchError } from "../error.ts";
import { expandBraces } from "./braces.ts";
import type { GroupSupport } from "./parse-segment.ts";
import { compileSegment, type NameTest } from "./segment.ts";

/** Tests a path: relative, with "/" between its parts, without "." and ".." parts. */
export type PathTest = (path: string) => boolean;

type Part = NameTest | "**";

const maxLength = 4096;

/**
 * Compiles a glob: `*`, `?`, `**`, `[a-z]`, `[!a]`, `[[:digit:]]`, `{a,b}`, `{1..9}`, `@(a|b)`, `?(a)`,
 * `*(a)`, `+(a)`, `!(a)`, "\" before a special character, and "!" in front to turn it all round. Case matters, and
 * hidden names are matched like others. A test takes at most pattern x path steps.
 * Throws a {@link SearchError} for a pattern of more than 4,096 characters or with too many braces.
 */
export function compileGlob(pattern: string): PathTest {
  requireLength(pattern);
  // "!(a|b)" in front is a group, not a "!" before "(a|b)".
  const bangs = /^(?:!(?!\())*/.exec(pattern)![0].length;
  const tests = expandBraces(pattern.slice(bangs)).map((text) => compilePath(text, "groups"));
  const matches = anyOf(tests);
  return bangs % 2 === 0 ? matches : (path) => !matches(path);
}

/** Compiles a pattern without braces. Throws a {@link SearchError} for one of more than 4,096 characters. */
export function compilePath(pattern: string, support: GroupSupport): PathTest {
  requireLength(pattern);
  const parts: Part[] = [];
  for (const text of splitSegments(pattern)) {
    if (text !== "**") parts.push(compileSegment(text, support));
    else if (parts.at(-1) !== "**") parts.push(text);
  }
  // "a/**" is what lies below "a", not "a" itself.
  if (parts.at(-1) === "**") parts.push(anyName);
  if (parts.length === 1) {
    const [only] = parts as [NameTest];
    return (path) => !path.includes("/") && only(path);
  }
  if (parts.length === 2 && parts[0] === "**") {
    const last = parts[1] as NameTest;
    return (path) => last(path.slice(path.lastIndexOf("/") + 1));
  }
  return (path) => matchParts(parts, path.split("/"));
}

/** A test that passes when any of the given ones does. */
export function anyOf(tests: readonly PathTest[]): PathTest {
  if (tests.length === 1) return tests[0]!;
  return (path) => tests.some((matches) => matches(path));
}

const anyName: NameTest = () => true;

/** A slash always parts a path, even inside brackets. A "." part says nothing, so "./a" is "a". */
function splitSegments(pattern: string): string[] {
  const parts = pattern.replace(/\/{2,}/g, "/").split("/");
  return parts.length === 1 ? parts : parts.filter((part) => part !== ".");
}

/** As in a single name, only the last "**" passed ever needs to take more. */
function matchParts(parts: readonly Part[], names: readonly string[]): boolean {
  let part = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < names.length) {
    const current = parts[part];
    if (current === "**") {
      star = part++;
      starAt = at;
    } else if (current?.(names[at]!)) {
      part++;
      at++;
    } else if (star !== -1) {
      part = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (parts[part] === "**") part++;
  return part === parts.length;
}

function requireLength(pattern: string): void {
  if (pattern.length <= maxLength) return;
  throw new SearchError(
    "invalid-glob",
    `The pattern has more than ${maxLength} characters; use a shorter one.`,
  );
}
