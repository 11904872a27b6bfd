/**
 * How to ask for the page after this one, from the `link` header of a list (RFC 8288): the number of the page, or a
 * cursor where GitHub pages by cursors. Empty on the last page.
 */
export function nextPage(headers: { readonly link?: string | undefined }): {
  readonly next_page?: number;
  readonly next_cursor?: string;
} {
  const target = /<([^>]+)>;\s*rel="next"/.exec(headers.link ?? "")?.[1];
  if (target === undefined || !URL.canParse(target)) return {};
  const { searchParams } = new URL(target);
  const after = searchParams.get("after");
  if (after !== null) return { next_cursor: after };
  const page = Number(searchParams.get("page"));
  return Number.isSafeInteger(page) && page > 0 ? { next_page: page } : {};
}
