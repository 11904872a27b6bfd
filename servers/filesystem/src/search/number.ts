import { SearchError } from "./error.ts";

/** Returns `value` when it is a whole number of at least `least`; throws a {@link SearchError} naming it otherwise. */
export function requireWholeNumber(name: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw new SearchError("invalid-argument", `${name} must be a whole number, ${least} or more.`);
}
