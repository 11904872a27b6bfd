/** Whether a request of Octokit changes nothing. Queries of GraphQL are sent by POST, as its mutations are. */
export function onlyReads(asked: {
  readonly method: string;
  readonly url: string;
  readonly data?: unknown;
}): boolean {
  const { method, url, data } = asked;
  if (method === "GET" || method === "HEAD") return true;
  const { query } = (data ?? {}) as { query?: unknown };
  return url.endsWith("/graphql") && typeof query === "string" && /^\s*(?:query\b|\{)/.test(query);
}
