import { type Layer, type Outgoing, waitAskedFor } from "@portico/remote-api";

/** Longest that one refusal holds back the requests behind it, in milliseconds; who waits longer is told at once. */
const LONGEST_HOLD_MS = 60_000;

/** What GitHub asks for where it names no time ("wait for at least one minute"). */
const UNNAMED_WAIT_SECONDS = "60";

/** Whether the answer says that requests come too fast: 403 means this as well as 429. */
export function isLimited({ status, headers }: Response): boolean {
  if (status === 429) return true;
  const isSpent = headers.get("x-ratelimit-remaining") === "0";
  return status === 403 && (headers.has("retry-after") || isSpent);
}

/** The same, where it is worth to hold others back. */
export function isLimitedShortly(response: Response): boolean {
  const wait = waitAskedFor(response.headers, Date.now()) ?? 0;
  return isLimited(response) && wait <= LONGEST_HOLD_MS;
}

/** Whether the request changes nothing. Queries of GraphQL are sent by POST, as its mutations are. */
export function onlyReads({ method, url, body }: Outgoing): boolean {
  if (method === "GET" || method === "HEAD") return true;
  if (!url.pathname.endsWith("/graphql") || typeof body !== "string") return false;
  return /^\{"query":"(?:\\n|\s)*(?:query\b|\{)/.test(body);
}

/** Which of GitHub's limits a request counts against. */
export function resourceOf({ url }: Outgoing): string {
  if (url.pathname.endsWith("/graphql")) return "graphql";
  return /(?:^|\/v3)\/search\/(code\b)?/.exec(url.pathname)?.[0] ?? "core";
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
