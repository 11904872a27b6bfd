import { SearchError } from "../error.ts";

const maxPatterns = 1000;
const maxCharacters = 16_384;

/**
 * Writes out the `{a,b}` and `{1..5}` of a glob, so `src/{a,b}.ts` gives two patterns. Braces without a
 * comma or range stay as they are. Throws a {@link SearchError} past 1,000 patterns.
 */
export function expandBraces(pattern: string): string[] {
  const finished: string[] = [];
  const open = [{ done: "", rest: pattern }];
  let characters = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const brace = firstBrace(next.rest);
    if (brace === undefined) {
      finished.push(next.done + next.rest);
      characters += next.done.length + next.rest.length;
    } else {
      const head = next.done + next.rest.slice(0, brace.start);
      const tail = next.rest.slice(brace.end);
      // The last in is the first out, so the choices go in backwards. A choice may hold braces itself.
      for (const choice of brace.choices.reverse()) open.push({ done: head, rest: choice + tail });
    }
    if (finished.length + open.length > maxPatterns || characters > maxCharacters) throw tooMany();
  }
  return finished;
}

interface Brace {
  readonly start: number;
  readonly end: number;
  readonly choices: string[];
}

function firstBrace(text: string): Brace | undefined {
  for (let start = 0; start < text.length; start++) {
    if (text[start] === "\\") start++;
    else if (text[start] === "{" && text[start - 1] !== "$") {
      const brace = braceAt(text, start);
      if (brace !== undefined) return brace;
    }
  }
  return undefined;
}

function braceAt(text: string, start: number): Brace | undefined {
  const cuts = [start];
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === "{") depth++;
    else if (character === "," && depth === 1) cuts.push(at);
    else if (character === "}" && --depth === 0) {
      cuts.push(at);
      const choices =
        cuts.length > 2
          ? cuts.slice(1).map((cut, i) => text.slice(cuts[i]! + 1, cut))
          : range(text.slice(start + 1, at));
      return choices && { start, end: at + 1, choices };
    }
  }
  return undefined;
}

/** The members of `1..5`, `01..10`, `a..e` or `1..9..2`. */
function range(body: string): string[] | undefined {
  const parts = /^(-?\d+|[A-Za-z])\.\.(-?\d+|[A-Za-z])(?:\.\.(-?\d+))?$/.exec(body);
  if (parts === null) return undefined;
  const [, from, to, by] = parts as unknown as [string, string, string, string | undefined];
  const letters = /^[A-Za-z]$/.test(from);
  if (letters !== /^[A-Za-z]$/.test(to)) return undefined;
  const first = letters ? from.charCodeAt(0) : Number(from);
  const last = letters ? to.charCodeAt(0) : Number(to);
  const step = Math.max(1, Math.abs(Number(by ?? 1)));
  if (Math.abs(last - first) / step >= maxPatterns) throw tooMany();
  const padded = !letters && [from, to].some((end) => /^-?0\d/.test(end));
  const width = padded ? Math.max(from.length, to.length) : 0;
  const members: string[] = [];
  const sign = last < first ? -1 : 1;
  for (let value = first; sign * value <= sign * last; value += sign * step) {
    members.push(letters ? String.fromCharCode(value) : padTo(value, width));
  }
  return members;
}

function padTo(value: number, width: number): string {
  if (value < 0) return `-${String(-value).padStart(width - 1, "0")}`;
  return String(value).padStart(width, "0");
}

function tooMany(): SearchError {
  return new SearchError(
    "invalid-glob",
    `The braces of the pattern stand for more than ${maxPatterns} patterns, or very long ones; use * or fewer choices.`,
  );
}
