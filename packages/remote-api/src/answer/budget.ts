/** Bytes of UTF-8 that make one token, roughly, of English text and JSON. */
const BYTES_IN_TOKEN = 4;

/** `text` cut to `tokens` at the end of a character, and whether it was. */
export function cutText(
  text: string,
  tokens: number,
): { readonly text: string; readonly isCut: boolean } {
  const bytes = tokens * BYTES_IN_TOKEN;
  if (Buffer.byteLength(text) <= bytes) return { text, isCut: false };
  // A cut character at the end becomes a replacement character, which goes.
  const cut = Buffer.from(text)
    .subarray(0, bytes)
    .toString()
    .replace(/\ufffd$/, "");
  return { text: cut, isCut: true };
}

/** How many of the first items, as text each, fit into `tokens`; one always does, or nobody would get on. */
export function countFitting(items: readonly string[], tokens: number): number {
  let left = tokens * BYTES_IN_TOKEN;
  const end = items.findIndex((item, index) => {
    left -= Buffer.byteLength(item) + 1;
    return left < 0 && index > 0;
  });
  return end < 0 ? items.length : end;
}
