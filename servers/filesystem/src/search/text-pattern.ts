import type { RE2JS } from "re2js";
import { SearchError } from "./error.ts";

/** What to look for inside files, line by line. */
export interface TextPatternQuery {
  /** A regular expression in RE2 syntax, or with `literal` the text itself. */
  readonly pattern: string;
  readonly literal?: boolean;
  readonly ignoreCase?: boolean;
}

/** A compiled pattern. Every method takes time in proportion to the text, whatever the pattern. */
export interface TextPattern {
  /** False when no line of the text can match; faster than asking about each line. */
  mayMatch(text: string): boolean;
  /** Whether a line, without its ending, matches. */
  matches(line: string): boolean;
  /** The first match in a line that matches. */
  locate(line: string): Located;
  /** Bytes that any UTF-8 text with a match contains, when that is known. */
  readonly bytes?: Buffer;
  /** How many characters to ask about at once at most, so that no answer takes longer than about 300 ms at worst. */
  readonly maxCharacters: number;
}

/** Offset and length of a match; both 0 for one too long to be located. */
export interface Located {
  readonly index: number;
  readonly length: number;
}

const maxPatternLength = 1000;
const maxProgramSize = 2500;
// Measured on RE2JS 2.10, per instruction of the program and character: a test takes at worst some
// 30 ns, locating a match some 200 ns.
const maxSteps = 4_000_000;
const maxLocateSteps = 500_000;
const mostCharacters = 262_144;
const leastCharacters = 4096;

/** Compiles a pattern. Throws a {@link SearchError} for one that is empty, too long or not understood. */
export async function compileTextPattern(query: TextPatternQuery): Promise<TextPattern> {
  const { pattern } = query;
  if (pattern === "") throw invalid("The pattern is empty; give the text to look for.");
  if (pattern.length > maxPatternLength) {
    throw invalid(`The pattern has more than ${maxPatternLength} characters; use a shorter one.`);
  }
  if (!query.literal) return compileRegex(pattern, query.ignoreCase ?? false);
  if (/[\r\n]/.test(pattern)) {
    throw invalid("The search goes line by line; look for one line of the text.");
  }
  return query.ignoreCase ? compileFolded(pattern) : compileLiteral(pattern);
}

function compileLiteral(text: string): TextPattern {
  const matches = (line: string) => line.includes(text);
  return {
    mayMatch: matches,
    matches,
    locate: (line) => ({ index: line.indexOf(text), length: text.length }),
    bytes: Buffer.from(text, "utf8"),
    maxCharacters: mostCharacters,
  };
}

/** A text in any case: as a native expression it has nothing to go back over. */
function compileFolded(text: string): TextPattern {
  const expression = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), "iu");
  const matches = (line: string) => expression.test(line);
  return {
    mayMatch: matches,
    matches,
    locate(line) {
      const found = expression.exec(line);
      return { index: found?.index ?? 0, length: found?.[0].length ?? 0 };
    },
    maxCharacters: mostCharacters,
  };
}

async function compileRegex(pattern: string, ignoreCase: boolean): Promise<TextPattern> {
  const { RE2JS, RE2JSException } = await import("re2js");
  const flags = ignoreCase ? RE2JS.CASE_INSENSITIVE : 0;
  try {
    const line = RE2JS.compile(pattern, flags);
    const size = line.programSize();
    if (size > maxProgramSize)
      throw invalid("The pattern is too large; use smaller repeat counts.");
    const text = RE2JS.compile(pattern, flags | RE2JS.MULTILINE);
    // "\A" and "\z" mean the ends of a line here, and only the line by line test knows those.
    const wholeText = /\\[AzZ]/.test(pattern) ? undefined : text;
    return {
      mayMatch: (lines) => wholeText?.test(lines) ?? true,
      matches: (one) => line.test(one),
      locate: (one) => locate(line, one, Math.max(256, Math.floor(maxLocateSteps / size))),
      maxCharacters: Math.max(
        leastCharacters,
        Math.min(mostCharacters, Math.floor(maxSteps / size)),
      ),
    };
  } catch (error) {
    if (error instanceof RE2JSException) throw notUnderstood(error);
    throw error;
  }
}

/**
 * Where a match is takes far longer to find than whether there is one. A long line is therefore asked
 * about in overlapping windows first; a match longer than those is said to begin with the line.
 */
function locate(expression: RE2JS, line: string, window: number): Located {
  for (let start = 0; start < line.length || start === 0; start += window >> 1) {
    const part = line.slice(start, start + window);
    if (line.length > window && !expression.test(part)) continue;
    const matcher = expression.matcher(part);
    if (!matcher.find()) break;
    return { index: start + matcher.start(), length: matcher.end() - matcher.start() };
  }
  return { index: 0, length: 0 };
}

function notUnderstood(error: Error): SearchError {
  const reason = error.message.replace(/^error parsing regexp: /, "");
  const look = /\(\?(?:<?[=!])/.test(reason)
    ? " Look-around is not supported; search for more and filter what comes back."
    : /\\[1-9]/.test(reason)
      ? " References back to a group are not supported."
      : "";
  return invalid(
    `The regular expression is not understood: ${reason}.${look} For plain text set literal.`,
  );
}

function invalid(message: string): SearchError {
  return new SearchError("invalid-regex", message);
}
