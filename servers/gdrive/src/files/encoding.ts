/** Bytes looked at to tell text from other things. */
const LOOKED_AT = 8_000;

/**
 * Bytes as text: UTF-8, or UTF-16 with a byte order mark. A mark is not part of the text.
 * @returns undefined when they are no text
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.subarray(0, LOOKED_AT).includes(0)) return undefined;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * The same for bytes of a type: what that says to be text and is none of these is taken for Windows-1252, as older
 * programs of the West write it.
 */
export function decodeAs(mimeType: string, bytes: Uint8Array): string | undefined {
  const text = decodeText(bytes);
  const isOther = text === undefined && mimeType.startsWith("text/") && !bytes.includes(0);
  return isOther ? new TextDecoder("windows-1252").decode(bytes) : text;
}
