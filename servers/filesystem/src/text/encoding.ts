import { isUtf8 } from "node:buffer";
import { TextError } from "./error.ts";

/** The encodings read and written. */
export type Encoding = "utf-8" | "utf-16le" | "utf-16be";

/** How a text is laid out in bytes; pass it back to {@link encodeText} to keep a file as it was. */
export interface TextFormat {
  readonly encoding: Encoding;
  /** Whether the bytes begin with a byte order mark (which is not part of the text). */
  readonly bom: boolean;
}

/** A text with the format it was decoded from. */
export interface DecodedText extends TextFormat {
  readonly text: string;
}

const utf8Bom = [0xef, 0xbb, 0xbf] as const;
const utf16leBom = [0xff, 0xfe] as const;
const utf16beBom = [0xfe, 0xff] as const;

/**
 * Tells text from binary and names the encoding. The first few kilobytes of a file are enough.
 * Returns `undefined` for binary content: a NUL byte that UTF-16 does not explain.
 */
export function detectFormat(bytes: Uint8Array): TextFormat | undefined {
  if (startsWith(bytes, utf8Bom)) return textOnly(bytes, { encoding: "utf-8", bom: true });
  // UTF-32 LE begins with the UTF-16 LE mark too; its NULs would decode to NUL characters.
  if (startsWith(bytes, [...utf16leBom, 0, 0])) return undefined;
  if (startsWith(bytes, utf16leBom)) return { encoding: "utf-16le", bom: true };
  if (startsWith(bytes, utf16beBom)) return { encoding: "utf-16be", bom: true };
  return textOnly(bytes, { encoding: "utf-8", bom: false }) ?? guessUtf16(bytes);
}

/**
 * Decodes a whole file so that {@link encodeText} gives back the same bytes.
 * Throws a {@link TextError} for binary content and for bytes that are not valid in their encoding.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const format = requireText(bytes);
  const body = withoutBom(bytes, format);
  if (format.encoding === "utf-8") {
    if (!isUtf8(body)) throw invalid(format.encoding);
    return { ...format, text: asBuffer(body).toString("utf8") };
  }
  const text = body.length % 2 === 0 ? decodeUtf16(body, format.encoding) : "";
  if (body.length % 2 !== 0 || !text.isWellFormed()) throw invalid(format.encoding);
  return { ...format, text };
}

/**
 * Decodes for display: bytes that are not valid become U+FFFD and `damaged` says so.
 * Never encode the result back. Throws a {@link TextError} for binary content only.
 */
export function decodeForReading(bytes: Uint8Array): DecodedText & { readonly damaged: boolean } {
  const format = requireText(bytes);
  const body = withoutBom(bytes, format);
  if (format.encoding === "utf-8") {
    return { ...format, text: asBuffer(body).toString("utf8"), damaged: !isUtf8(body) };
  }
  const text = decodeUtf16(body, format.encoding);
  const damaged = body.length % 2 !== 0 || !text.isWellFormed();
  return { ...format, text: text.toWellFormed(), damaged };
}

/** Encodes a text in the given format. Throws a {@link TextError} for half of a surrogate pair. */
export function encodeText(text: string, format: TextFormat): Buffer {
  if (!text.isWellFormed()) {
    throw new TextError(
      "invalid-encoding",
      "The text holds half of a surrogate pair, which no encoding can store; send the whole character.",
    );
  }
  const marked = format.bom ? `\uFEFF${text}` : text;
  if (format.encoding === "utf-8") return Buffer.from(marked, "utf8");
  const bytes = Buffer.from(marked, "utf16le");
  return format.encoding === "utf-16be" ? bytes.swap16() : bytes;
}

function requireText(bytes: Uint8Array): TextFormat {
  const format = detectFormat(bytes);
  if (format !== undefined) return format;
  throw new TextError(
    "binary",
    "The file is binary, not text; read it as media or with a tool for its kind.",
  );
}

function invalid(encoding: Encoding): TextError {
  return new TextError(
    "invalid-encoding",
    `The file is not valid ${encoding.toUpperCase()}, and changing it as text would damage bytes nobody asked to change; convert it first.`,
  );
}

function textOnly(bytes: Uint8Array, format: TextFormat): TextFormat | undefined {
  return bytes.includes(0) ? undefined : format;
}

const sampleLength = 8192;

/**
 * UTF-16 without a mark is accepted only when it cannot be anything else: every NUL on one side of the
 * byte pairs, most pairs with one, and no control characters besides white space.
 */
function guessUtf16(bytes: Uint8Array): TextFormat | undefined {
  const sample = bytes.subarray(0, sampleLength);
  const pairs = Math.floor(sample.length / 2);
  const nuls = [0, 0];
  for (let i = 0; i < pairs * 2; i++) if (sample[i] === 0) nuls[i % 2]!++;
  const [even, odd] = nuls as [number, number];
  if (pairs < 2 || bytes.length % 2 !== 0 || (even > 0 && odd > 0)) return undefined;
  if (Math.max(even, odd) < pairs / 2) return undefined;
  const encoding = odd > 0 ? "utf-16le" : "utf-16be";
  const control = /[^\P{Cc}\t\n\f\r]/u;
  return control.test(decodeUtf16(sample, encoding)) ? undefined : { encoding, bom: false };
}

function decodeUtf16(body: Uint8Array, encoding: "utf-16le" | "utf-16be"): string {
  const even = body.subarray(0, body.length - (body.length % 2));
  if (encoding === "utf-16le") return asBuffer(even).toString("utf16le");
  return Buffer.from(even).swap16().toString("utf16le");
}

function withoutBom(bytes: Uint8Array, format: TextFormat): Uint8Array {
  if (!format.bom) return bytes;
  return bytes.subarray(format.encoding === "utf-8" ? utf8Bom.length : utf16leBom.length);
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return bytes.length >= prefix.length && prefix.every((byte, i) => bytes[i] === byte);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
