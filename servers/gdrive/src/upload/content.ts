import { GoogleError } from "../google/error.ts";

/** What is uploaded: bytes that can be read again, as a lost part must be. */
export interface Content {
  /** Bytes in all. */
  readonly size: number;
  /** The `length` bytes from `position` on. */
  read(position: number, length: number): Promise<Uint8Array<ArrayBuffer>>;
}

/** Bytes that are there already. */
export function contentOf(bytes: Uint8Array<ArrayBuffer>): Content {
  return {
    size: bytes.byteLength,
    read: async (position, length) => bytes.subarray(position, position + length),
  };
}

/** Text as UTF-8. */
export function contentOfText(text: string): Content {
  return contentOf(new TextEncoder().encode(text));
}

/**
 * What a text in base64 or base64url stands for.
 * @throws {GoogleError} when it is neither
 */
export function contentOfBase64(text: string): Content {
  const plain = text.replaceAll(/\s/g, "").replaceAll("-", "+").replaceAll("_", "/");
  const data = plain.replace(/={1,2}$/, "");
  if (!/^[A-Za-z0-9+/]*$/.test(data) || data.length % 4 === 1) {
    throw new GoogleError("The content is not base64; send bytes as base64, or text as text.");
  }
  return contentOf(new Uint8Array(Buffer.from(data, "base64")));
}
