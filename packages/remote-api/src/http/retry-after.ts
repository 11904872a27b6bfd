/**
 * How long a service asks to wait, in milliseconds, as its headers say it: `Retry-After` (RFC 9110, 10.2.3) in
 * seconds or as a date, otherwise `X-RateLimit-Reset` once nothing remains, in seconds since 1970 or from now, of
 * several windows (`1, 15000`) the longest that is used up. Undefined where it says nothing.
 */
export function waitAskedFor(headers: Headers, now: number): number | undefined {
  const after = headers.get("retry-after")?.trim();
  if (after !== undefined) {
    if (/^\d+$/.test(after)) return Number(after) * 1_000;
    const date = Date.parse(after);
    if (!Number.isNaN(date)) return Math.max(0, date - now);
  }
  const remaining = numbers(headers.get("x-ratelimit-remaining"));
  const waits = numbers(headers.get("x-ratelimit-reset"))
    .filter((_, window) => remaining[window] === 0)
    .map((reset) => (reset > EPOCH ? Math.max(0, reset * 1_000 - now) : reset * 1_000));
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/** Larger numbers are points of time, smaller ones durations: nobody is asked to wait for thirty years. */
const EPOCH = 1_000_000_000;

/** The numbers of a header with one for each window. */
export function numbers(header: string | null): number[] {
  if (header === null) return [];
  return header.split(",").map((text) => Number.parseInt(text, 10));
}
