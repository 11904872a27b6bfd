import { GraphError } from "./graph/error.ts";

const ISO =
  /^(?<day>\d{4}-\d\d-\d\d)(?:T(?<time>\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?<offset>Z|[+-]\d\d:\d\d)?)?$/;

/**
 * The milliseconds since 1970 of a time as ISO 8601 writes it. A day alone is its beginning; without an offset it is UTC.
 * @throws {GraphError} `invalid` for anything else
 */
export function instantOf(text: string): number {
  const { day, time = "00:00", offset = "Z" } = ISO.exec(text.trim().toUpperCase())?.groups ?? {};
  const ms = Date.parse(`${day}T${time}${offset}`);
  // Date.parse takes February 30th for March 1st.
  const isReal = !Number.isNaN(ms) && isoOf(Date.parse(`${day}T00:00Z`)).startsWith(day as string);
  if (isReal) return ms;
  throw new GraphError(
    "invalid",
    "at must be a time as 2026-01-31 or 2026-01-31T09:30:00Z; without an offset it is UTC.",
  );
}

/** A time as answers write it. */
export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** The point of time to read at, as the store takes it; now when absent. */
export function asOf(at: string | undefined): { at?: number } {
  return at === undefined ? {} : { at: instantOf(at) };
}
