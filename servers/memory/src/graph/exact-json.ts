/** Numbers that may have been written otherwise than JavaScript writes them, or that it cannot hold. */
const UNUSUAL = /[\d.]{16}|\d[eE]|\.\d*0(?!\d)|-0/;

/** What ECMAScript's "JSON.parse source text access" adds, which the types do not know yet. */
interface SourceAccess {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): object;
  isRawJSON(value: unknown): boolean;
}

const json = JSON as unknown as SourceAccess;

/**
 * The value of a text in JSON. Numbers that JavaScript would write otherwise, because it cannot hold them or in other
 * digits, are kept as they were written: `JSON.stringify` gives them out again to the character.
 * @throws {SyntaxError}
 */
export function parseExactly(text: string): unknown {
  return UNUSUAL.test(text) ? json.parse(text, asWritten) : JSON.parse(text);
}

/** The number that a value is, also where it was kept as written. */
export function numberIn(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return json.isRawJSON(value) ? Number(JSON.stringify(value)) : undefined;
}

function asWritten(_: string, value: unknown, { source }: { readonly source?: string }): unknown {
  const isOther = typeof value === "number" && source !== undefined && source !== String(value);
  return isOther ? json.rawJSON(source) : value;
}
