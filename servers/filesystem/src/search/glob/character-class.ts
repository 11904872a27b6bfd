/** Tests one character for membership in a `[...]` class. */
export type Class = (character: string) => boolean;

// Functions, because compiling all of these would cost every start two milliseconds.
const named: Readonly<Record<string, () => RegExp>> = {
  alnum: () => /^[\p{L}\p{Nl}\p{Nd}]$/u,
  alpha: () => /^[\p{L}\p{Nl}]$/u,
  ascii: () => /^[\x20-\x7e]$/,
  blank: () => /^[\p{Zs}\t]$/u,
  cntrl: () => /^\p{Cc}$/u,
  digit: () => /^\p{Nd}$/u,
  graph: () => /^[^\p{Z}\p{C}]$/u,
  lower: () => /^\p{Ll}$/u,
  print: () => /^\P{C}$/u,
  punct: () => /^\p{P}$/u,
  space: () => /^[\p{Z}\t\r\n\v\f]$/u,
  upper: () => /^\p{Lu}$/u,
  word: () => /^[\p{L}\p{Nl}\p{Nd}\p{Pc}]$/u,
  xdigit: () => /^[A-Fa-f0-9]$/,
};

/**
 * Parses the class whose "[" is at `start`: `[a-z]`, `[!a]`, `[^a]`, `[[:digit:]_]`, `[]]`.
 * Returns `undefined` when no "]" ends it, which makes the "[" a plain character.
 */
export function parseClass(
  text: readonly string[],
  start: number,
): { readonly has: Class; readonly end: number } | undefined {
  let at = start + 1;
  const negated = text[at] === "!" || text[at] === "^";
  if (negated) at++;
  const members: Class[] = [];
  for (let first = true; ; first = false) {
    const character = text[at];
    if (character === undefined) return undefined;
    if (character === "]" && !first) break;
    const name = nameAt(text, at);
    if (name !== undefined) {
      const pattern = named[name]!();
      members.push((tested) => pattern.test(tested));
      at += name.length + 4;
      continue;
    }
    const low = memberAt(text, at);
    const high =
      text[low.end] === "-" && text[low.end + 1] !== "]" ? memberAt(text, low.end + 1) : low;
    members.push(between(low.value, high.value));
    at = high.end;
  }
  const isMember = (tested: string) => members.some((has) => has(tested));
  return { has: negated ? (tested) => !isMember(tested) : isMember, end: at + 1 };
}

function nameAt(text: readonly string[], at: number): string | undefined {
  if (text[at] !== "[" || text[at + 1] !== ":") return undefined;
  const name = /^\[:([a-z]+):\]/.exec(text.slice(at, at + 12).join(""))?.[1];
  return name !== undefined && Object.hasOwn(named, name) ? name : undefined;
}

function memberAt(text: readonly string[], at: number): { value: string; end: number } {
  const escaped = text[at] === "\\" && at + 1 < text.length;
  const position = escaped ? at + 1 : at;
  return { value: text[position] ?? "", end: position + 1 };
}

function between(low: string, high: string): Class {
  const first = low.codePointAt(0) ?? 0;
  const last = high.codePointAt(0) ?? -1;
  return (tested) => {
    const point = tested.codePointAt(0) ?? -1;
    return point >= first && point <= last;
  };
}
