import type { JWTPayload } from "jose";
import { ASYMMETRIC } from "./algorithms.ts";
import { base64Url, sha256 } from "./bytes.ts";
import type { Problem } from "./challenge.ts";
import { Nonces } from "./nonces.ts";
import { SeenProofs } from "./seen-proofs.ts";

/** Which proofs of possession a server wants (RFC 9449). */
export interface DpopOptions {
  /** Refuse tokens that are bound to no key. Default false: such a token is a bearer token. */
  readonly required?: boolean;
  /** Demand a recent nonce in every proof. Default false. */
  readonly nonces?: boolean;
  /** At least 32 bytes, shared by all replicas that demand nonces. Default: random. */
  readonly nonceSecret?: Uint8Array;
}

/** How far from now a proof may have been made, in seconds. */
const PROOF_WINDOW_S = 300;
const MAX_PROOF = 8_192;
const MAX_ID = 128;

/** A request that carries a bound token. */
export interface ProvenRequest {
  readonly proof: string | undefined;
  readonly method: string;
  /** The URLs under which this request may have been made, normalised, without query. */
  readonly urls: readonly string[];
  readonly token: string;
  /** The thumbprint of the key the token is bound to. */
  readonly thumbprint: string;
}

/** Checks that requests are signed with the key their token is bound to. */
export class ProofChecker {
  readonly nonces: Nonces | undefined;
  readonly #seen = new SeenProofs();

  constructor({ nonces = false, nonceSecret }: DpopOptions) {
    this.nonces = nonces ? new Nonces(nonceSecret) : undefined;
  }

  /** What is wrong with the proof of a request, by the list of RFC 9449 section 4.3. */
  async check(request: ProvenRequest): Promise<Problem | undefined> {
    const { proof } = request;
    if (proof === undefined) return wrong("The request has no DPoP proof.");
    const verified = proof.length <= MAX_PROOF ? await verify(proof) : undefined;
    if (!verified) return wrong("The DPoP proof is malformed, or its signature is wrong.");
    const { payload, thumbprint } = verified;
    if (thumbprint !== request.thumbprint) return wrong("The proof is of another key.");
    return (
      (await this.#mismatch(payload, request)) ??
      (await this.#stale(payload)) ??
      this.#replayed(payload, thumbprint)
    );
  }

  async #mismatch(
    { htm, htu, ath }: JWTPayload,
    { method, urls, token }: ProvenRequest,
  ): Promise<Problem | undefined> {
    if (htm !== method) return wrong("The proof is for another method.");
    if (typeof htu !== "string" || !urls.includes(withoutQuery(htu) ?? "")) {
      return wrong("The proof is for another URL.");
    }
    if (ath === base64Url(await sha256(token))) return undefined;
    return wrong("The proof is for another token.");
  }

  async #stale({ iat, nonce }: JWTPayload): Promise<Problem | undefined> {
    if (iat === undefined || Math.abs(Date.now() / 1000 - iat) > PROOF_WINDOW_S) {
      return wrong("The proof was not made just now; check the clock.");
    }
    if (!this.nonces || (typeof nonce === "string" && (await this.nonces.accepts(nonce)))) {
      return undefined;
    }
    const description = "Make a proof with the nonce of the DPoP-Nonce header.";
    return { error: "use_dpop_nonce", description };
  }

  #replayed({ jti, iat = 0 }: JWTPayload, thumbprint: string): Problem | undefined {
    if (typeof jti !== "string" || jti === "" || jti.length > MAX_ID) {
      return wrong(`The proof needs a jti of at most ${MAX_ID} characters.`);
    }
    const until = (iat + PROOF_WINDOW_S) * 1000;
    switch (this.#seen.note(thumbprint, jti, until)) {
      case "replayed":
        return wrong("The proof was used before; make one for each request.");
      case "full":
        return wrong("Too many proofs were used lately; make the next one in a few minutes.");
      default:
        return undefined;
    }
  }
}

/** The proof's content and the thumbprint of its key; nothing when it is not a well-signed proof. */
async function verify(
  proof: string,
): Promise<{ readonly payload: JWTPayload; readonly thumbprint: string } | undefined> {
  const { calculateJwkThumbprint, EmbeddedJWK, jwtVerify } = await import("jose");
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: "dpop+jwt",
      algorithms: [...ASYMMETRIC],
    });
    const { jwk } = protectedHeader;
    return jwk && { payload, thumbprint: await calculateJwkThumbprint(jwk) };
  } catch {
    return undefined;
  }
}

/** A URL as proofs are compared: normalised, without query and fragment (RFC 9449 section 4.3). */
export function withoutQuery(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function wrong(description: string): Problem {
  return { error: "invalid_dpop_proof", description };
}
