/** Bytes of a diff that are shown at once, some ten thousand tokens. */
const PAGE_BYTES = 40_000;

/**
 * One page of a diff. Pages end where a file does, or at the end of a line where a file alone is larger than a page,
 * and make up the whole diff together; only a line can be larger than a page.
 * @param page from 1
 * @param bytes of a page
 * @returns undefined when there is no such page
 */
export function diffPage(
  diff: string,
  page: number,
  bytes = PAGE_BYTES,
): { readonly diff: string; readonly next_page?: number } | undefined {
  const files = diff.split(/^(?=diff --git )/m);
  const pages = packed(
    files.flatMap((file) => (sizeOf(file) <= bytes ? [file] : packed(linesOf(file), bytes))),
    bytes,
  );
  const found = pages[page - 1];
  if (found === undefined) return undefined;
  return { diff: found, ...(page < pages.length && { next_page: page + 1 }) };
}

function packed(parts: readonly string[], bytes: number): string[] {
  const [first = "", ...others] = parts;
  const pages = [[first]];
  let size = sizeOf(first);
  for (const part of others) {
    const more = sizeOf(part);
    if (size + more > bytes) {
      pages.push([]);
      size = 0;
    }
    pages.at(-1)?.push(part);
    size += more;
  }
  return pages.map((page) => page.join(""));
}

function linesOf(text: string): string[] {
  return text.split(/(?<=\n)/);
}

function sizeOf(text: string): number {
  return Buffer.byteLength(text);
}
