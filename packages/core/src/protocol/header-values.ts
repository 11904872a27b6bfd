const PREFIX = "=?base64?";
const SUFFIX = "?=";
/** What HTTP lets a value consist of (RFC 9110 section 5.5). */
const FIELD_VALUE = /^[\t\x20-\x7e]*$/;
/** What survives every hop as it is: no tab, which some trim or fold, and no space at either end. */
const PLAIN = /^(?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?$/;
/** Whole groups with their padding (RFC 4648 section 4); `atob` alone would take less. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const encoder = new TextEncoder();
// A byte order mark is part of the value, and a value that is not UTF-8 is damaged.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/**
 * A value of the request's body as a header carries it: as it is where that is safe, else as the base64 of its
 * UTF-8 between `=?base64?` and `?=` (2026-07-28 basic/transports/streamable-http, value encoding: MUST). So no
 * value can break out of its header.
 */
export function encodeHeaderValue(value: string): string {
  // MUST also encode what only looks encoded.
  if (PLAIN.test(value) && !looksEncoded(value)) return value;
  let binary = "";
  for (const byte of encoder.encode(value)) binary += String.fromCharCode(byte);
  return PREFIX + btoa(binary) + SUFFIX;
}

/**
 * The value of the body that a header carries; undefined when it has characters that no header may have, or
 * what looks encoded is not base64 of UTF-8. The markers are case-sensitive; without both, a value is itself.
 */
export function decodeHeaderValue(header: string): string | undefined {
  if (!FIELD_VALUE.test(header)) return;
  if (!looksEncoded(header)) return header;
  const base64 = header.slice(PREFIX.length, -SUFFIX.length);
  if (!BASE64.test(base64)) return;
  try {
    return decoder.decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
  } catch {
    return;
  }
}

function looksEncoded(value: string): boolean {
  const whole = value.length >= PREFIX.length + SUFFIX.length;
  return whole && value.startsWith(PREFIX) && value.endsWith(SUFFIX);
}
