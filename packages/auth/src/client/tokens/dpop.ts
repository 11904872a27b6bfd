import type { CryptoKey, JWK } from "jose";
import { base64url } from "../grants/pkce.ts";

/** The algorithm of every proof: the one that RFC 9449's examples use and everyone implements. */
export const DPOP_ALGORITHM = "ES256";

const CURVE = { name: "ECDSA", namedCurve: "P-256" } as const;

/** One request to prove possession for. */
export interface ProofRequest {
  readonly method: string;
  readonly url: URL;
  /** The token that goes with it; none in a token request. */
  readonly accessToken?: string;
}

/** A key that tokens are bound to (RFC 9449), and the nonces servers gave for it. */
export class DpopKey {
  /** The whole key, to be kept as secret as a token. */
  readonly jwk: JWK;
  readonly #key: CryptoKey;
  readonly #nonces = new Map<string, string>();

  private constructor(jwk: JWK, key: CryptoKey) {
    this.jwk = jwk;
    this.#key = key;
  }

  /** Makes a key nobody else has. */
  static async generate(): Promise<DpopKey> {
    const { privateKey } = await crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);
    return new DpopKey(await crypto.subtle.exportKey("jwk", privateKey), privateKey);
  }

  /** Takes up a key that was kept. */
  static async from(jwk: JWK): Promise<DpopKey> {
    return new DpopKey(jwk, await crypto.subtle.importKey("jwk", jwk, CURVE, false, ["sign"]));
  }

  /** Signs a fresh proof for one request. */
  async proof({ method, url, accessToken }: ProofRequest): Promise<string> {
    const { SignJWT } = await import("jose");
    const { kty = "", crv = "", x = "", y = "" } = this.jwk;
    const nonce = this.#nonces.get(url.origin);
    return new SignJWT({
      htm: method,
      // RFC 9449 section 4.2: without query and fragment.
      htu: url.origin + url.pathname,
      ...(nonce !== undefined && { nonce }),
      ...(accessToken !== undefined && { ath: await hash(accessToken) }),
    })
      .setProtectedHeader({ alg: DPOP_ALGORITHM, typ: "dpop+jwt", jwk: { kty, crv, x, y } })
      .setJti(crypto.randomUUID())
      .setIssuedAt()
      .sign(this.#key);
  }

  /**
   * Takes the nonce a server wants in further proofs (RFC 9449 sections 8 and 9).
   * @returns whether it is one that the last proof did not have
   */
  takeNonce(origin: string, headers: Headers): boolean {
    const nonce = headers.get("dpop-nonce");
    if (!nonce || this.#nonces.get(origin) === nonce) return false;
    this.#nonces.set(origin, nonce);
    return true;
  }

  /** The thumbprint of its public half (RFC 7638). */
  async thumbprint(): Promise<string> {
    const { calculateJwkThumbprint } = await import("jose");
    return calculateJwkThumbprint(this.jwk);
  }
}

async function hash(text: string): Promise<string> {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return base64url(new Uint8Array(bytes));
}
