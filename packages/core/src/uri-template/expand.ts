import { type Expression, escapeAll, escapeReserved, type Part, type Variable } from "./parse.ts";

/** What a variable may be: text, a list, or names with values. Absent ones are left out. */
export type TemplateValue =
  | string
  | number
  | boolean
  | readonly string[]
  | Readonly<Record<string, string>>
  | undefined
  | null;

/** Writes the URI that `values` give (RFC 6570 section 3). */
export function expand(
  parts: readonly Part[],
  values: Readonly<Record<string, TemplateValue>>,
): string {
  return parts
    .map((part) => (typeof part === "string" ? part : expandExpression(part, values)))
    .join("");
}

function expandExpression(
  expression: Expression,
  values: Readonly<Record<string, TemplateValue>>,
): string {
  const { first, separator } = expression.operator;
  const written = expression.variables.flatMap((variable) => {
    const value = Object.hasOwn(values, variable.name) ? values[variable.name] : undefined;
    return expandVariable(expression, variable, value);
  });
  return written.length === 0 ? "" : first + written.join(separator);
}

/** The pieces one variable contributes; none if it has no value. */
function expandVariable(
  { operator }: Expression,
  { name, explode, prefix }: Variable,
  value: TemplateValue,
): string[] {
  const encode = operator.reserved ? escapeReserved : escapeAll;
  const named = (key: string, text: string) => key + (text === "" ? operator.ifEmpty : `=${text}`);
  if (value === undefined || value === null) return [];
  if (typeof value !== "object") {
    const text = encode(cut(String(value), prefix));
    return [operator.named ? named(name, text) : text];
  }
  const pairs = isList(value)
    ? value.map((item) => [name, encode(item)] as const)
    : Object.entries(value).map(([key, item]) => [encode(key), encode(item)] as const);
  if (pairs.length === 0) return [];
  if (explode) {
    if (operator.named) return pairs.map(([key, item]) => named(key, item));
    return pairs.map(([key, item]) => (isList(value) ? item : `${key}=${item}`));
  }
  const text = pairs.map(([key, item]) => (isList(value) ? item : `${key},${item}`)).join();
  return [operator.named ? named(name, text) : text];
}

function isList(value: object): value is readonly string[] {
  return Array.isArray(value);
}

/** The first `length` characters: code points, so that none is torn (RFC 6570 section 2.4.1). */
function cut(text: string, length: number | undefined): string {
  return length === undefined ? text : [...text].slice(0, length).join("");
}
