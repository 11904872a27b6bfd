import type { JsonObject, JsonValue } from "@portico/core";
import { InvalidToken, type VerifiedToken } from "./token.ts";

/** How far clocks may differ, in seconds. */
export const CLOCK_TOLERANCE_S = 30;

/** What the claims of an access token must be, and which of them to keep. */
export interface ExpectedClaims {
  readonly issuer: string;
  /** The token must name one of these as its audience, letter by letter (RFC 8707). */
  readonly audiences: readonly string[];
  /** Names of claims to keep for the server's own use. */
  readonly keep: readonly string[];
}

/**
 * Reads the claims of a token whose origin was established, from a JWT or an introspection response.
 * @throws {InvalidToken} when one of them is missing or not as expected
 */
export function readClaims(claims: JsonObject, expected: ExpectedClaims): VerifiedToken {
  if (claims.iss !== undefined && claims.iss !== expected.issuer) {
    throw new InvalidToken("The token is from another issuer.");
  }
  checkAudience(claims.aud, expected.audiences);
  const expires = checkTimes(claims);
  return {
    id: idOf(claims, expected.issuer),
    scopes: scopesOf(claims),
    claims: Object.fromEntries(
      expected.keep.flatMap((name) =>
        Object.hasOwn(claims, name) ? [[name, claims[name] as JsonValue]] : [],
      ),
    ),
    expires,
    thumbprint: thumbprintOf(claims.cnf),
  };
}

// basic/authorization: servers MUST validate that tokens were issued for them; without `aud` nothing says so.
function checkAudience(aud: JsonValue | undefined, audiences: readonly string[]): void {
  const named = Array.isArray(aud) ? aud : [aud];
  if (named.some((one) => typeof one === "string" && audiences.includes(one))) return;
  throw new InvalidToken("The token is not for this server.");
}

function checkTimes({ exp, nbf }: JsonObject): number {
  const now = Date.now() / 1000;
  if (typeof exp !== "number") throw new InvalidToken("The token does not say when it expires.");
  if (exp <= now - CLOCK_TOLERANCE_S) throw new InvalidToken("The token has expired.");
  if (nbf === undefined) return exp;
  if (typeof nbf === "number" && nbf <= now + CLOCK_TOLERANCE_S) return exp;
  throw new InvalidToken("The token is not valid yet.");
}

/**
 * A subject is unique at its issuer only, and a client is no user of the same name (RFC 9700 section 4.15).
 * An issuer has neither query nor fragment (RFC 8414 section 2), so that no id reads as another.
 */
function idOf({ sub, client_id: client }: JsonObject, issuer: string): string {
  if (typeof sub === "string" && sub !== "") return `${issuer}#${sub}`;
  if (typeof client === "string" && client !== "") return `${issuer}?client=${client}`;
  throw new InvalidToken("The token does not say whose it is.");
}

/** `scope` as RFC 9068 has it; some servers write `scp`, or an array. */
function scopesOf({ scope, scp }: JsonObject): string[] {
  const granted = scope ?? scp ?? [];
  const words = typeof granted === "string" ? granted.split(" ") : granted;
  if (!Array.isArray(words)) throw new InvalidToken("The token's scope is malformed.");
  return words.filter((word) => typeof word === "string" && word !== "") as string[];
}

/** The key a token is bound to. One bound in another way cannot be checked here, and is no bearer token either. */
function thumbprintOf(confirmation: JsonValue | undefined): string | undefined {
  if (confirmation === undefined) return undefined;
  const isObject = typeof confirmation === "object" && confirmation !== null;
  const { jkt, ...others } = isObject && !Array.isArray(confirmation) ? confirmation : {};
  if (typeof jkt === "string" && Object.keys(others).length === 0) return jkt;
  throw new InvalidToken("The token is bound in a way this server cannot check.");
}
