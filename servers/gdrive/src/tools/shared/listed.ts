import { s } from "@portico/core";
import { countFitting } from "@portico/remote-api";

/** Tokens of the items of one answer; what lists say in words besides is shorter. */
const BUDGET_TOKENS = 6_000;

/** A cursor inside of a page of Google's: how many of its items were told, and the page. */
const INSIDE = /^told:(\d{1,4}):(.*)$/s;

/** Where an answer begins: at an item of a page of Google's. */
export interface Place {
  /** Of the page; the first one when undefined. */
  readonly token: string | undefined;
  readonly told: number;
}

/** The place a caller's cursor stands for. */
export function placeOf(cursor = ""): Place {
  const [, told = "0", token = cursor] = INSIDE.exec(cursor) ?? [];
  return { token: token === "" ? undefined : token, told: Number(told) };
}

/**
 * The items of a page that an answer has room for, and where the next answer begins: at the next page, or inside of
 * this one. However long names and comments are, one item always fits.
 * @param next of the following page, where there is one
 */
export function fitting<T>(
  page: readonly T[],
  { token = "", told }: Place,
  next: string | undefined,
): { readonly items: readonly T[]; readonly cursor: string | undefined } {
  const left = page.slice(told);
  const texts = left.map((item) => JSON.stringify(item));
  const fits = countFitting(texts, BUDGET_TOKENS);
  const cursor = fits < left.length ? `told:${told + fits}:${token}` : next;
  return { items: left.slice(0, fits), cursor };
}

/** The argument that says which members of items are told, of those that can be left out. */
export const fieldsOf = <const N extends readonly string[]>(names: N) =>
  s.optional(s.array(s.enum(names)));

/** An item without those of its members of these names that were not chosen; all of it where nobody chose. */
export function withFields<T extends object>(
  item: T,
  names: readonly string[],
  fields: readonly string[] | undefined,
): T {
  if (fields === undefined) return item;
  const kept = Object.entries(item).filter(
    ([name]) => !names.includes(name) || fields.includes(name),
  );
  return Object.fromEntries(kept) as T;
}
