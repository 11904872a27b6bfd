import type { JsonValue } from "../schema/json-schema.ts";

/**
 * Hands a value to a client for safekeeping: nobody else can read it, change it, or use it elsewhere
 * than where it was issued. AES-256-GCM; the binding is authenticated, not stored.
 */
export interface Sealer {
  /**
   * @param binding where the token may come back: principal, method, params. Must be equal on `open`.
   * @param ttlMs how long the token is good, in milliseconds; forever when absent
   * @throws {RangeError} when the token would be longer than `open` takes
   */
  seal(value: JsonValue, binding: JsonValue, ttlMs?: number): Promise<string>;
  /** The sealed value, or nothing when the token is damaged, stale, or from elsewhere. */
  open(token: string, binding: JsonValue): Promise<JsonValue | undefined>;
}

const NONCE_BYTES = 12;
/** A token longer than this is neither made nor read. */
const MAX_TOKEN_CHARS = 4 * 1024 * 1024;

/**
 * @param secret 32 bytes shared by all replicas of a server; a random key for this process when absent
 * @param now the clock, in milliseconds since the epoch
 */
export function createSealer(secret?: Uint8Array, now: () => number = Date.now): Sealer {
  let key: ReturnType<typeof importKey> | undefined;
  const getKey = () => (key ??= importKey(secret ?? crypto.getRandomValues(new Uint8Array(32))));
  return {
    async seal(value, binding, ttlMs) {
      const nonce = crypto.getRandomValues(new Uint8Array(NONCE_BYTES));
      const plain = encode([value, ttlMs === undefined ? null : now() + ttlMs]);
      const algorithm = { name: "AES-GCM", iv: nonce, additionalData: encode(binding) };
      const sealed = new Uint8Array(await crypto.subtle.encrypt(algorithm, await getKey(), plain));
      const token = toBase64Url(concat(nonce, sealed));
      if (token.length > MAX_TOKEN_CHARS) {
        throw new RangeError("A call keeps too much between its questions: keep less in once().");
      }
      return token;
    },
    async open(token, binding) {
      const bytes = fromBase64Url(token);
      if (bytes === undefined || bytes.length <= NONCE_BYTES) return undefined;
      const algorithm = {
        name: "AES-GCM",
        iv: bytes.subarray(0, NONCE_BYTES),
        additionalData: encode(binding),
      };
      const sealed = bytes.subarray(NONCE_BYTES);
      const plain = await crypto.subtle
        .decrypt(algorithm, await getKey(), sealed)
        .catch(() => undefined);
      if (plain === undefined) return undefined;
      const [value, expires] = JSON.parse(new TextDecoder().decode(plain)) as [
        JsonValue,
        number | null,
      ];
      return expires !== null && expires <= now() ? undefined : value;
    },
  };
}

function importKey(secret: Uint8Array) {
  if (secret.length !== 32) throw new RangeError("A sealing secret must be exactly 32 bytes.");
  return crypto.subtle.importKey("raw", new Uint8Array(secret), "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);
}

function encode(value: JsonValue): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(JSON.stringify(value));
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  const all = new Uint8Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length > MAX_TOKEN_CHARS || !/^[\w-]+$/.test(text)) return undefined;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}
