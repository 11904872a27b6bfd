import type { HttpHead } from "@portico/core";

/** How a token was presented. */
export type Scheme = "Bearer" | "DPoP";

/** A token as a request carried it. */
export interface Credentials {
  readonly scheme: Scheme;
  readonly token: string;
}

/** What a request says of its sender: credentials, nothing, or something malformed. */
export type Presented =
  | { readonly kind: "credentials"; readonly credentials: Credentials }
  | { readonly kind: "none" }
  | { readonly kind: "malformed"; readonly reason: string };

/** Longest token read, in characters; Node takes no longer headers by default. */
const MAX_TOKEN = 16_384;

// RFC 6750 section 2.1: one scheme, one space, one b64token.
const TOKEN = /^([A-Za-z]+) +([A-Za-z0-9\-._~+/]+=*)$/;

/** Reads the credentials of a request. */
export function readCredentials(head: HttpHead): Presented {
  // basic/authorization: tokens MUST NOT be in the query, where logs and caches keep them.
  if (hasTokenInQuery(head.target)) {
    return malformed("Send the token in the Authorization header, never in the URL.");
  }
  const value = head.header("authorization");
  const scheme = schemeOf(value);
  if (value === undefined || scheme === undefined) return { kind: "none" };
  const token = TOKEN.exec(value.trim())?.[2];
  if (token === undefined)
    return malformed(`Send exactly one token: Authorization: ${scheme} <token>.`);
  if (token.length > MAX_TOKEN) return malformed("The token is too long.");
  return { kind: "credentials", credentials: { scheme, token } };
}

/** The scheme of a request's credentials, if it is one for tokens. */
export function schemeOf(authorization: string | undefined): Scheme | undefined {
  const name = authorization?.trim().split(" ", 1)[0]?.toLowerCase();
  if (name === "bearer") return "Bearer";
  return name === "dpop" ? "DPoP" : undefined;
}

function hasTokenInQuery(target: string): boolean {
  const query = target.indexOf("?");
  return query >= 0 && new URLSearchParams(target.slice(query + 1)).has("access_token");
}

function malformed(reason: string): Presented {
  return { kind: "malformed", reason };
}
