import { base64Url } from "./bytes.ts";

/** How long a nonce is handed out, in milliseconds; it is accepted for as long again. */
const PERIOD_MS = 60_000;

/**
 * The nonces a server wants in proofs (RFC 9449 section 9): they show that a proof was not made in advance. Computed
 * from the time and a secret, so that nothing is kept, and replicas that share the secret know each other's.
 */
export class Nonces {
  readonly #key: ReturnType<typeof crypto.subtle.importKey>;

  /** @param secret at least 32 bytes; random when absent */
  constructor(secret: Uint8Array = crypto.getRandomValues(new Uint8Array(32))) {
    if (secret.length < 32) throw new RangeError("A nonce secret must have at least 32 bytes.");
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    this.#key = crypto.subtle.importKey("raw", new Uint8Array(secret), algorithm, false, ["sign"]);
  }

  /** The nonce to use from now on. */
  current(): Promise<string> {
    return this.#of(period());
  }

  /** Whether a nonce is this server's and recent. */
  async accepts(nonce: string): Promise<boolean> {
    const now = period();
    return nonce === (await this.#of(now)) || nonce === (await this.#of(now - 1));
  }

  async #of(at: number): Promise<string> {
    const text = new TextEncoder().encode(`portico dpop nonce ${at}`);
    return base64Url(new Uint8Array(await crypto.subtle.sign("HMAC", await this.#key, text)));
  }
}

function period(): number {
  return Math.floor(Date.now() / PERIOD_MS);
}
