import { cutText, seen, waitAskedFor } from "@portico/remote-api";
import { GoogleError } from "./error.ts";

const DETAIL_TOKENS = 100;

/** What is done about a reason, in place of Google's own words or after them. */
const ADVICE: Readonly<Record<string, string>> = {
  accessNotConfigured:
    "The API is not switched on in the Google Cloud project of the credential; switch it on there.",
  SERVICE_DISABLED:
    "The API is not switched on in the Google Cloud project of the credential; switch it on there.",
  ACCESS_TOKEN_SCOPE_INSUFFICIENT:
    "The account did not allow this; sign in again with `portico-gdrive auth` and allow it.",
  insufficientPermissions:
    "The account did not allow this; sign in again with `portico-gdrive auth` and allow it.",
  exportSizeLimitExceeded:
    "Google exports at most 10 MB of a file; read a part of it with the tools for documents, sheets or slides, or make a smaller copy.",
  storageQuotaExceeded:
    "The account has no storage left. A service account has none of its own: write to a shared drive, or act for a user.",
  cannotDownloadAbusiveFile: "Google takes this file for malware and does not hand it out.",
};

/** What an answer other than 2xx means. Google's words are cut and cleaned. */
export async function explain(response: Response, host: string): Promise<GoogleError> {
  const { status, headers } = response;
  const { reason, message } = parts(await response.text());
  const refuse = (sentence: string) => new GoogleError(sentence, status, reason);
  const advice = Object.hasOwn(ADVICE, reason) ? ADVICE[reason] : undefined;
  if (advice !== undefined) return refuse(advice);
  const words = cutText(withoutTokens(await seen(message)), DETAIL_TOKENS).text;
  const detail = words === "" ? `status ${status}` : words.replace(/\.$/, "");
  if (status === 401) {
    return refuse(
      "Google does not accept the credential any more; sign in again with `portico-gdrive auth`.",
    );
  }
  if (status === 404) {
    return refuse(
      `Google does not have it, or not for this account: ${detail}; take ids from search.`,
    );
  }
  if (status === 429) {
    const wait = waitAskedFor(headers, Date.now());
    const when = wait === undefined ? "in a minute" : `in ${Math.ceil(wait / 1_000)} s`;
    return refuse(`Google's limit for this account is reached; try again ${when}.`);
  }
  if (status >= 500) return refuse(`${host} cannot answer now (${detail}); try again later.`);
  return refuse(`Google refused: ${detail}.`);
}

/** Reason and message of both forms Google has for errors: a list of reasons, or details with one. */
function parts(text: string): { readonly reason: string; readonly message: string } {
  const { error } = parse(text) as { error?: GoogleFailure };
  const detail = error?.details?.find(({ reason }) => typeof reason === "string");
  return {
    reason: String(error?.errors?.[0]?.reason ?? detail?.reason ?? ""),
    message: typeof error?.message === "string" ? error.message : "",
  };
}

interface GoogleFailure {
  readonly message?: unknown;
  readonly errors?: readonly { readonly reason?: unknown }[];
  readonly details?: readonly { readonly reason?: unknown }[];
}

/** The reason Google gives for refusing, or nothing. */
export function reasonOf(text: string): string {
  return parts(text).reason;
}

/** Google's tokens and keys by their beginnings, should it ever repeat one. */
function withoutTokens(text: string): string {
  return text.replace(/\b(?:ya29\.|1\/\/|AIza|GOCSPX-)[\w./-]+/g, "[secret]");
}

function parse(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
