import { type Layer, type Outgoing, waitAskedFor } from "@portico/remote-api";

/** Longest that a limit is waited for, in milliseconds; who would have to wait longer is told at once. */
const LONGEST_WAIT_MS = 30_000;

/** What GitHub asks for where it names no time ("wait for at least one minute"). */
const UNNAMED_WAIT_SECONDS = "60";

/** Whether the answer says that requests come too fast: 403 means this as well as 429. */
export function isLimited({ status, headers }: Response): boolean {
  if (status === 429) return true;
  const isSpent = headers.get("x-ratelimit-remaining") === "0";
  return status === 403 && (headers.has("retry-after") || isSpent);
}

/** The same, where it is worth to wait. */
export function isLimitedShortly(response: Response): boolean {
  const wait = waitAskedFor(response.headers, Date.now()) ?? 0;
  return isLimited(response) && wait <= LONGEST_WAIT_MS;
}

/** Refuses in GitHub's place what comes while a long limit lasts: GitHub asks for silence until then. */
export const keepSilent: Layer = (next) => {
  const ends = new Map<string, number>();
  return async (request) => {
    const name = limitOf(request);
    const left = (ends.get(name) ?? 0) - Date.now();
    if (left > LONGEST_WAIT_MS) return refusal(left);
    ends.delete(name);
    const response = await next(request);
    const wait = waitAskedFor(response.headers, Date.now()) ?? 0;
    if (isLimited(response) && wait > LONGEST_WAIT_MS) ends.set(name, Date.now() + wait);
    return response;
  };
};

function refusal(milliseconds: number): Response {
  const headers = { "retry-after": String(Math.ceil(milliseconds / 1_000)) };
  return new Response(null, { status: 429, headers });
}

/** Which limit of which token a request counts against: a search that has to wait holds back no other request. */
export function limitOf({ url, headers }: Outgoing): string {
  return `${resourceOf(url)} ${headers.get("authorization") ?? ""}`;
}

function resourceOf({ pathname }: URL): string {
  if (pathname.endsWith("/graphql")) return "graphql";
  return /(?:^|\/v3)\/search\/(code\b)?/.exec(pathname)?.[0] ?? "core";
}

/** Answers that say only in words that a secondary limit is reached say it in a header, too. */
export const nameSecondaryLimit: Layer = (next) => async (request) => {
  const response = await next(request);
  if (response.status !== 403 || isLimited(response)) return response;
  const said = await response.clone().text();
  if (!/secondary rate limit|abuse detection/i.test(said)) return response;
  const headers = new Headers(response.headers);
  headers.set("retry-after", UNNAMED_WAIT_SECONDS);
  return new Response(said, { status: response.status, headers });
};
