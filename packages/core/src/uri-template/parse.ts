/** One variable of an expression: `{name}`, `{name*}` or `{name:3}`. */
export interface Variable {
  readonly name: string;
  readonly explode: boolean;
  /** Only so many characters of the value are used. */
  readonly prefix: number | undefined;
}

/** What an expression's operator means (RFC 6570 appendix A). */
export interface Operator {
  /** Written before the first value. */
  readonly first: string;
  readonly separator: string;
  /** Whether values are written as `name=value`. */
  readonly named: boolean;
  /** What follows the name of an empty value. */
  readonly ifEmpty: string;
  /** Whether reserved characters and escapes are written as they are. */
  readonly reserved: boolean;
}

/** An expression `{…}`. */
export interface Expression {
  readonly operator: Operator;
  readonly variables: readonly Variable[];
}

/** A template in pieces: literal text, already escaped as it appears in URIs, and expressions. */
export type Part = string | Expression;

const maxLength = 4_000;

function operator(first: string, separator: string, more: Partial<Operator> = {}): Operator {
  return { first, separator, named: false, ifEmpty: "", reserved: false, ...more };
}

const simple = operator("", ",");
const operators: Record<string, Operator | undefined> = {
  "+": operator("", ",", { reserved: true }),
  "#": operator("#", ",", { reserved: true }),
  ".": operator(".", "."),
  "/": operator("/", "/"),
  ";": operator(";", ";", { named: true }),
  "?": operator("?", "&", { named: true, ifEmpty: "=" }),
  "&": operator("&", "&", { named: true, ifEmpty: "=" }),
};

const variable =
  /^((?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2})(?:\.?(?:[A-Za-z0-9_]|%[0-9A-Fa-f]{2}))*)(\*|:([1-9]\d{0,3}))?$/;

/**
 * Splits a template into its parts.
 * @throws {SyntaxError} when it is not one, saying which expression is wrong
 */
export function parse(template: string): Part[] {
  if (template.length > maxLength) {
    throw new SyntaxError(`A URI template may have at most ${maxLength} characters.`);
  }
  const parts: Part[] = [];
  let at = 0;
  while (at < template.length) {
    const open = template.indexOf("{", at);
    const literal = template.slice(at, open < 0 ? template.length : open);
    if (literal.includes("}")) throw invalid(template, "has a } without a {");
    if (literal) parts.push(escapeReserved(literal));
    if (open < 0) break;
    const close = template.indexOf("}", open);
    if (close < 0) throw invalid(template, "has a { without a }");
    parts.push(parseExpression(template.slice(open + 1, close), template));
    at = close + 1;
  }
  return parts;
}

function parseExpression(text: string, template: string): Expression {
  const found = operators[text.charAt(0)];
  const names = (found ? text.slice(1) : text).split(",");
  const variables = names.map((spec) => {
    const [, name, modifier, prefix] = variable.exec(spec) ?? [];
    if (name === undefined) throw invalid(template, `has the invalid expression {${text}}`);
    return { name, explode: modifier === "*", prefix: prefix ? Number(prefix) : undefined };
  });
  return { operator: found ?? simple, variables };
}

function invalid(template: string, reason: string): SyntaxError {
  return new SyntaxError(`The URI template ${JSON.stringify(template)} ${reason}.`);
}

/** Escapes all but unreserved characters (RFC 3986 section 2.3). */
export function escapeAll(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, escapeOne);
}

/** Escapes what no URI may contain, leaving reserved characters and existing escapes alone. */
export function escapeReserved(text: string): string {
  return text
    .toWellFormed()
    .replace(/%(?![0-9A-Fa-f]{2})|[^%A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]+/gu, encodeURIComponent);
}

function escapeOne(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
