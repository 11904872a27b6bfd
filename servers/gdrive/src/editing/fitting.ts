/** Bytes of UTF-8 that make one token, roughly, of English text and JSON. */
const BYTES_IN_TOKEN = 4;

/** How many of the first items fit into `tokens`, as text each; one always does, or nobody would get on. */
export function fitting(items: readonly string[], tokens: number): number {
  let left = tokens * BYTES_IN_TOKEN;
  const first = items.findIndex((item, index) => {
    left -= Buffer.byteLength(item) + 1;
    return left < 0 && index > 0;
  });
  return first < 0 ? items.length : first;
}
