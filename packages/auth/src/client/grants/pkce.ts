/** A proof key for one authorization request (RFC 7636). */
export interface ProofKey {
  readonly verifier: string;
  readonly challenge: string;
}

/** Makes a proof key for the method S256, the only one a client uses. */
export async function proofKey(): Promise<ProofKey> {
  const verifier = randomText();
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier));
  return { verifier, challenge: base64url(new Uint8Array(hash)) };
}

/** A text nobody can guess: 256 random bits, in base64url. */
export function randomText(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** Bytes in base64url, without padding. */
export function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
