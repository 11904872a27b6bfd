import { cutText, RemoteError, seen, waitAskedFor } from "@portico/remote-api";
import { GitHubError } from "./error.ts";
import { isLimited } from "./limits.ts";
import { headersOf, type Thrown } from "./thrown.ts";

/** One problem in an answer of GraphQL. */
export interface GraphQlProblem {
  readonly type?: string;
  readonly message: string;
}

const DETAIL_TOKENS = 150;
const TOKENS_PAGE = "https://github.com/settings/tokens";

/**
 * What a failed request of REST means, in one sentence. Errors on the way say it themselves.
 * @param secrets what is taken out of GitHub's words
 */
export async function explain(error: unknown, secrets: Iterable<string>): Promise<unknown> {
  const { status, cause, response } = error as Thrown;
  if (cause instanceof RemoteError || cause instanceof GitHubError) return cause;
  if (!response) return error;
  // @octokit/plugin-throttling throws the limits that answers of GraphQL tell of.
  if (status === undefined) return explainGraphQl(problemsIn(response.data));
  const answer = new Response(null, {
    status: Math.max(status, 400),
    headers: headersOf(response),
  });
  let said = await wordsOf(response.data);
  for (const secret of secrets) said = said.replaceAll(secret, "[token]");
  return new GitHubError(sentence(answer, said), status);
}

const problemsIn = (data: unknown) => (data as { errors?: GraphQlProblem[] }).errors ?? [];

function sentence(answer: Response, said: string): string {
  const { status, headers } = answer;
  if (isLimited(answer)) {
    const wait = waitAskedFor(headers, Date.now());
    const when = wait === undefined ? "later" : `in ${Math.ceil(wait / 1_000)} s`;
    return `GitHub's rate limit is reached; try again ${when}.`;
  }
  if (status === 401) {
    return `GitHub refused the credential (${said}); check that the token is whole and has not expired.`;
  }
  if (status === 403) return forbidden(headers, said);
  if (status === 404) {
    return "GitHub has no such thing, or the credential may not see it; check owner, names and numbers.";
  }
  if (status === 451) return `GitHub may not show this for legal reasons: ${said}`;
  if (status >= 500) return `GitHub cannot answer now (${said}); try again later.`;
  return `GitHub refused this: ${said}`;
}

function forbidden(headers: Headers, said: string): string {
  if (headers.get("x-github-sso")?.startsWith("required")) {
    return `The organization wants the token authorized for single sign-on; do so at ${TOKENS_PAGE}.`;
  }
  const missing = missingScope(headers);
  if (missing !== undefined) {
    return `The token lacks the scope ${missing}; add it at ${TOKENS_PAGE}.`;
  }
  return `The credential may not do this (${said}); it needs more permissions.`;
}

/** The scope a classic token lacks: GitHub names those it would accept. */
function missingScope(headers: Headers): string | undefined {
  const accepted = list(headers.get("x-accepted-oauth-scopes"));
  const granted = headers.get("x-oauth-scopes");
  if (granted === null || accepted.length === 0) return undefined;
  return accepted.some((scope) => list(granted).includes(scope))
    ? undefined
    : accepted.join(" or ");
}

const list = (header: string | null) =>
  (header ?? "").split(",").flatMap((item) => (item.trim() === "" ? [] : [item.trim()]));

/** What the problems in an answer of GraphQL mean. */
export async function explainGraphQl(problems: readonly GraphQlProblem[]): Promise<GitHubError> {
  const types = new Set(problems.map(({ type }) => type));
  if (types.has("RATE_LIMITED")) {
    return new GitHubError("GitHub's rate limit is reached; try again later.", 429);
  }
  const said = await clean(problems.map(({ message }) => message).join(" "));
  if (types.has("NOT_FOUND")) {
    return new GitHubError(
      `GitHub has no such thing, or the credential may not see it: ${said}`,
      404,
    );
  }
  if (types.has("INSUFFICIENT_SCOPES")) {
    return new GitHubError(`The token lacks a scope: ${said}`, 403);
  }
  return new GitHubError(`GitHub refused this: ${said}`, types.has("FORBIDDEN") ? 403 : 422);
}

/** GitHub's own words, which may repeat what others wrote. */
async function wordsOf(data: unknown): Promise<string> {
  if (typeof data !== "object" || data === null) return "without a reason";
  const { message, errors } = data as { message?: unknown; errors?: unknown };
  const details = Array.isArray(errors) ? errors.map(detailOf).filter((one) => one !== "") : [];
  const words = [typeof message === "string" ? message : "", ...details].filter(
    (one) => one !== "",
  );
  return words.length === 0 ? "without a reason" : clean(words.join("; "));
}

function detailOf(error: unknown): string {
  if (typeof error === "string") return error;
  const { message, resource, field, code } = (error ?? {}) as Record<string, unknown>;
  if (typeof message === "string") return message;
  return [resource, field, code].filter((part) => typeof part === "string").join(" ");
}

async function clean(words: string): Promise<string> {
  return cutText((await seen(words)).replaceAll(/\s+/g, " ").trim(), DETAIL_TOKENS).text;
}
