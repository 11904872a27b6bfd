import { OAuthError } from "../client/oauth-error.ts";

/**
 * The key that an operator wrote for encrypting a token file: 32 bytes in base64 or as 64 hexadecimal digits.
 * @throws {OAuthError} for anything else; the text is not repeated
 */
export function parseTokenKey(text: string): Uint8Array {
  const written = text.trim();
  const bytes = /^[0-9a-f]{64}$/i.test(written)
    ? Buffer.from(written, "hex")
    : Buffer.from(written, "base64");
  if (bytes.byteLength === 32 && /^[\w+/-]+={0,2}$/.test(written)) return bytes;
  throw new OAuthError(
    "The key for token files must be 32 bytes in base64 or hexadecimal; make one with: openssl rand -base64 32",
  );
}
