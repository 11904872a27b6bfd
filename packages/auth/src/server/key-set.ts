import type { JWTVerifyGetKey } from "jose";
import { checkTrusted, fetchJson } from "./remote-json.ts";
import { CannotVerify } from "./token.ts";

/** How long, in milliseconds, nobody asks again after an authorization server did not answer. */
const FAILURE_COOLDOWN_MS = 5_000;

/**
 * The public keys of an issuer: fetched when first needed, kept for ten minutes, and fetched again for an unknown
 * key id at most every thirty seconds, so that made-up ids cost the issuer nothing.
 * @param jwksUri where they are; discovered from the issuer when absent
 */
export function keySet(
  issuer: string,
  jwksUri: string | undefined,
): () => Promise<JWTVerifyGetKey> {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  let retryAt = 0;
  return () => {
    if (keys === undefined || Date.now() >= retryAt) {
      keys = open(issuer, jwksUri);
      retryAt = Number.POSITIVE_INFINITY;
      // What failed is tried again, but not by every request that comes meanwhile.
      keys.catch(() => {
        retryAt = Date.now() + FAILURE_COOLDOWN_MS;
      });
    }
    return keys;
  };
}

async function open(issuer: string, jwksUri: string | undefined): Promise<JWTVerifyGetKey> {
  const { createRemoteJWKSet, customFetch } = await import("jose");
  const url = jwksUri === undefined ? await discover(issuer) : new URL(jwksUri);
  let failedAt = Number.NEGATIVE_INFINITY;
  return createRemoteJWKSet(url, {
    cooldownDuration: 30_000,
    [customFetch]: async () => {
      if (Date.now() - failedAt < FAILURE_COOLDOWN_MS) throw unreachable();
      try {
        const keys = await fetchJson(url, "The key set");
        if (keys) return Response.json(keys);
      } catch {
        // Falls through: however it failed, it counts.
      }
      failedAt = Date.now();
      throw unreachable();
    },
  });
}

function unreachable(): CannotVerify {
  return new CannotVerify("The key set cannot be had from the authorization server.");
}

/** The key set's address, from the issuer's metadata (RFC 8414 section 3, OpenID Connect Discovery section 4). */
async function discover(issuer: string): Promise<URL> {
  for (const place of places(issuer)) {
    const metadata = await fetchJson(place, "The metadata");
    if (!metadata) continue;
    // RFC 8414 section 3.3: MUST be identical, or the document is not this issuer's.
    if (metadata.issuer !== issuer) throw new CannotVerify("The metadata is of another issuer.");
    if (typeof metadata.jwks_uri === "string") return checkTrusted(metadata.jwks_uri, "jwks_uri");
    throw new CannotVerify("The authorization server publishes no key set.");
  }
  throw new CannotVerify("The authorization server publishes no metadata.");
}

function places(issuer: string): URL[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, "");
  const paths = [
    `/.well-known/oauth-authorization-server${path}`,
    `/.well-known/openid-configuration${path}`,
    ...(path === "" ? [] : [`${path}/.well-known/openid-configuration`]),
  ];
  return paths.map((one) => new URL(one, origin));
}
