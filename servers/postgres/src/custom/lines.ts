/** Steps into a JSON value: names of members and places in lists. */
export type JsonPath = readonly (string | number)[];

/** A path as one would write it: `tools[0].parameters[1].type`. */
export function writePath(path: JsonPath): string {
  return path
    .map((step) => (typeof step === "number" ? `[${step}]` : `.${step}`))
    .join("")
    .replace(/^\./, "");
}

/** The line, from 1, on which a character stands. */
export function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

/** Where a text stops being JSON: the shortest beginning of it that nothing could complete ends there. */
export function syntaxErrorIn(text: string): number {
  let [good, bad] = [0, text.length];
  while (good < bad) {
    const middle = (good + bad) >> 1;
    if (isBeginning(text.slice(0, middle + 1))) good = middle + 1;
    else bad = middle;
  }
  return good;
}

// JavaScript says where, except for an unexpected token: that is never at the end of a beginning.
function isBeginning(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    const { message } = error as SyntaxError;
    const position = /at position (\d+)/.exec(message)?.[1];
    return /^Unexpected end|^Unterminated string/.test(message) || Number(position) === text.length;
  }
}

/**
 * The line, from 1, on which the value at a path begins, or else the last value on the way there.
 * @param text valid JSON
 */
export function lineOf(text: string, path: JsonPath): number {
  let best = { depth: -1, position: 0 };
  for (const { path: found, position } of valuesIn(text)) {
    if (found.length > best.depth && isPrefix(found, path)) {
      best = { depth: found.length, position };
    }
  }
  return lineAt(text, best.position);
}

function isPrefix(start: JsonPath, path: JsonPath): boolean {
  return start.every((step, at) => step === path[at]);
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/gs;

interface Level {
  readonly isList: boolean;
  step: string | number;
}

/** Every value of a JSON text with its path and where it begins. */
function* valuesIn(text: string): Generator<{ path: JsonPath; position: number }> {
  const levels: Level[] = [];
  let isName = false;
  for (const { 0: token, index: position } of text.matchAll(TOKEN)) {
    const level = levels.at(-1);
    if (token === ":") isName = false;
    else if (token === "}" || token === "]") levels.pop();
    else if (token === ",") {
      if (level?.isList) level.step = Number(level.step) + 1;
      isName = level !== undefined && !level.isList;
    } else if (isName && level && token.startsWith('"')) level.step = JSON.parse(token) as string;
    else {
      yield { path: levels.map(({ step }) => step), position };
      if (token === "{" || token === "[")
        levels.push({ isList: token === "[", step: token === "[" ? 0 : "" });
      isName = token === "{";
    }
  }
}
