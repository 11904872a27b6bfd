import { cutText, type JsonObject, seen, waitAskedFor } from "@portico/remote-api";

/** Brave refused: one sentence that says why and what to do. */
export class BraveError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "BraveError";
  }
}

const DETAIL_TOKENS = 100;

/** What an answer other than 2xx means. Brave's own words are cut and cleaned; `secrets` are taken out of them. */
export async function explain(
  { status, headers }: Response,
  body: JsonObject | undefined,
  secrets: readonly string[],
): Promise<BraveError> {
  const { code, detail } = (body?.error ?? {}) as { code?: unknown; detail?: unknown };
  const words = typeof detail === "string" ? await seen(detail) : "";
  const text = secrets.reduce((left, secret) => left.replaceAll(secret, "[key]"), words);
  const reason = text === "" ? `status ${status}` : cutText(text, DETAIL_TOKENS).text;
  if (status === 401 || status === 403 || code === "SUBSCRIPTION_TOKEN_INVALID") {
    return new BraveError(
      `Brave refused the key (${reason}); check BRAVE_API_KEY against https://api-dashboard.search.brave.com/app/keys.`,
    );
  }
  if (code === "OPTION_NOT_IN_PLAN" || code === "RESOURCE_NOT_ALLOWED") {
    return new BraveError(`The key's plan does not include this: ${reason}`);
  }
  if (status === 429) {
    const wait = waitAskedFor(headers, Date.now());
    const when = wait === undefined ? "later" : `in ${Math.ceil(wait / 1_000)} s`;
    return new BraveError(`The limit of the key's plan is reached; try again ${when}.`);
  }
  if (status >= 500) return new BraveError(`Brave cannot answer now (${reason}); try again later.`);
  return new BraveError(`Brave refused the request: ${reason}`);
}
