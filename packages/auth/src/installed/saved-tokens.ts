import { parseFields, text } from "../client/outbound/json-fields.ts";
import type { Tokens } from "../client/tokens/token-endpoint.ts";

/** Tokens as they lie in a file: either of the two may be missing. */
export interface SavedTokens {
  readonly accessToken?: string | undefined;
  readonly refreshToken?: string | undefined;
  /** When to ask for new ones; milliseconds since 1970. Undefined: the access token does not end. */
  readonly renewAt?: number | undefined;
  /** What was granted; undefined where nobody said so. */
  readonly scopes?: readonly string[] | undefined;
}

/** Files of other programs name the end itself. */
const EARLY_MS = 60_000;

/**
 * Reads tokens in the JSON most OAuth programs keep: `access_token`, `refresh_token`, `expiry_date` in milliseconds and
 * `scope`. Undefined for anything else.
 */
export function parseTokens(json: string): SavedTokens | undefined {
  const fields = parseFields(json);
  if (!fields) return undefined;
  const accessToken = printable(text(fields, "access_token"));
  const refreshToken = printable(text(fields, "refresh_token"));
  if (accessToken === undefined && refreshToken === undefined) return undefined;
  const { expiry_date: end } = fields;
  const scope = text(fields, "scope");
  return {
    accessToken,
    refreshToken,
    renewAt: typeof end === "number" ? end - EARLY_MS : undefined,
    scopes: scope?.split(/[ ,]+/).filter((one) => one !== ""),
  };
}

/** A token with anything else in it would be quoted in the error of whoever puts it into a header. */
function printable(token: string | undefined): string | undefined {
  return token !== undefined && isToken(token) ? token : undefined;
}

/** Whether a text can be a token (RFC 6750 section 2.1 and what services use beyond it): nothing that cannot be seen. */
export function isToken(text: string): boolean {
  return /^[\x21-\x7e]+$/.test(text);
}

/** Writes tokens in the same JSON. */
export function formatTokens({ accessToken, refreshToken, renewAt, scopes }: SavedTokens): string {
  const fields = {
    access_token: accessToken,
    refresh_token: refreshToken,
    scope: scopes?.join(" "),
    token_type: "Bearer",
    expiry_date: renewAt === undefined ? undefined : renewAt + EARLY_MS,
  };
  return `${JSON.stringify(fields, undefined, 2)}\n`;
}

/** What is known after an authorization server answered: what it does not say stays as it was (RFC 6749 section 6). */
export function renewedTokens(before: SavedTokens, answer: Tokens): SavedTokens {
  return {
    accessToken: answer.accessToken,
    refreshToken: answer.refreshToken ?? before.refreshToken,
    renewAt: answer.renewAt,
    scopes: answer.scopes?.flatMap((scope) => scope.split(",")) ?? before.scopes,
  };
}
