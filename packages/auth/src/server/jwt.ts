import type { JsonObject } from "@portico/core";
import type { JWTHeaderParameters, JWTPayload } from "jose";
import { ASYMMETRIC } from "./algorithms.ts";
import { CLOCK_TOLERANCE_S, readClaims } from "./claims.ts";
import { keySet } from "./key-set.ts";
import { checkTrusted } from "./remote-json.ts";
import { CannotVerify, InvalidToken, type TokenVerifier } from "./token.ts";

/** Which JWTs to accept. */
export interface JwtOptions {
  /** The authorization server, exactly as it writes itself in `iss`. */
  readonly issuer: string;
  /** Where its keys are. Default: what its metadata says. */
  readonly jwksUri?: string;
  /** Signature algorithms to accept, asymmetric ones only. Default: all of those. */
  readonly algorithms?: readonly string[];
  /** What `aud` must name. Default: the resource itself; other servers of authorization know it under a name. */
  readonly audience?: string | readonly string[];
  /** Claims to keep for `principal.claims`, such as `client_id` or a tenant. Default: none. */
  readonly claims?: readonly string[];
  /** Accept only tokens that say they are access tokens (`typ: at+jwt`, RFC 9068). Default false: many do not. */
  readonly requireType?: boolean;
}

/**
 * Accepts JWTs signed by an authorization server, as RFC 9068 has them.
 * @throws {TypeError} when an address is not trustworthy or an algorithm not asymmetric
 */
export function jwt(options: JwtOptions): TokenVerifier {
  const { issuer, jwksUri, algorithms = ASYMMETRIC, audience, claims = [] } = options;
  checkTrusted(issuer, "issuer");
  if (jwksUri !== undefined) checkTrusted(jwksUri, "jwksUri");
  checkAlgorithms(algorithms);
  const keys = keySet(issuer, jwksUri);
  return {
    issuer,
    async verify(token, resource) {
      const jose = await import("jose");
      if (unverifiedIssuer(token, jose.decodeJwt) !== issuer) return undefined;
      const getKey = await keys();
      const verified = await jose
        .jwtVerify(token, getKey, {
          algorithms: [...algorithms],
          clockTolerance: CLOCK_TOLERANCE_S,
        })
        .catch(refuse);
      checkType(verified.protectedHeader, verified.payload, options.requireType ?? false);
      const audiences = [audience ?? resource].flat();
      return readClaims(verified.payload as JsonObject, { issuer, audiences, keep: claims });
    },
  };
}

function checkAlgorithms(algorithms: readonly string[]): void {
  const wrong = algorithms.find((one) => !ASYMMETRIC.includes(one));
  if (wrong !== undefined) {
    throw new TypeError(`The algorithm ${wrong} is not accepted; use ${ASYMMETRIC.join(", ")}.`);
  }
  if (algorithms.length === 0) throw new TypeError("algorithms must name at least one.");
}

/** Whose token it says it is; nothing when it is no JWT. Only decides which verifier looks at it. */
function unverifiedIssuer(token: string, decode: (jwt: string) => JWTPayload): string | undefined {
  try {
    return decode(token).iss;
  } catch {
    return undefined;
  }
}

/** Errors of jose that are the authorization server's doing, not the token's. */
const KEYS_UNUSABLE = ["ERR_JWKS_INVALID", "ERR_JWKS_TIMEOUT", "ERR_JOSE_GENERIC"];

function refuse(error: unknown): never {
  const { code, claim } = error as { readonly code?: unknown; readonly claim?: unknown };
  if (typeof code !== "string" || !code.startsWith("ERR_J")) throw error;
  if (KEYS_UNUSABLE.includes(code)) {
    throw new CannotVerify("The authorization server's key set cannot be used.");
  }
  if (code === "ERR_JWT_EXPIRED") throw new InvalidToken("The token has expired.");
  if (claim === "nbf") throw new InvalidToken("The token is not valid yet.");
  throw new InvalidToken("The token's signature is not acceptable.");
}

/** What OpenID Connect puts into ID tokens only. */
const ID_TOKEN_CLAIMS = ["nonce", "at_hash", "c_hash", "s_hash"];

// RFC 8725 section 3.11, RFC 9068 section 4: one kind of JWT must not be taken for another.
function checkType({ typ }: JWTHeaderParameters, payload: JWTPayload, required: boolean): void {
  const type = typ?.toLowerCase().replace(/^application\//, "");
  if (type === "at+jwt") return;
  const untyped = type === undefined || type === "jwt";
  const { typ: kind } = payload;
  // Keycloak tells its tokens apart by a claim.
  const isAccess = kind === undefined || kind === "Bearer" || kind === "DPoP";
  const isIdToken = ID_TOKEN_CLAIMS.some((name) => Object.hasOwn(payload, name));
  if (required || !untyped || !isAccess || isIdToken) {
    throw new InvalidToken("The token is no access token.");
  }
}
