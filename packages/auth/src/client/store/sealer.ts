/** Encrypts texts so that a change of a bit shows. */
export interface Sealer {
  seal(name: string, value: string): Promise<Uint8Array>;
  /** Undefined for what this key did not seal under this name. */
  unseal(name: string, sealed: Uint8Array): Promise<string | undefined>;
}

const IV_BYTES = 12;

/** Seals with AES-256-GCM under a key of 32 bytes. */
export async function sealer(bytes: Uint8Array): Promise<Sealer> {
  const secret = Uint8Array.from(bytes);
  const key = await crypto.subtle.importKey("raw", secret, "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);
  // The name is authenticated with the value: what is found under another's name is not unsealed.
  const under = (name: string, iv: Uint8Array<ArrayBuffer>) => ({
    name: "AES-GCM",
    iv,
    additionalData: new TextEncoder().encode(name),
  });
  return {
    async seal(name, value) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const text = new TextEncoder().encode(value);
      const sealed = await crypto.subtle.encrypt(under(name, iv), key, text);
      return Buffer.concat([iv, new Uint8Array(sealed)]);
    },
    async unseal(name, sealed) {
      const iv = Uint8Array.from(sealed.subarray(0, IV_BYTES));
      const rest = Uint8Array.from(sealed.subarray(IV_BYTES));
      const text = await crypto.subtle.decrypt(under(name, iv), key, rest).catch(() => undefined);
      return text && new TextDecoder().decode(text);
    },
  };
}
