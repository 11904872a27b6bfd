import type { FakeAnswer, FakeRequest } from "./github.ts";

/** A success with JSON. */
export const json = (body: unknown, status = 200): FakeAnswer => ({ status, body });

/** A success without content. */
export const nothing: FakeAnswer = { status: 204 };

/** A refusal in GitHub's words. */
export function refuse(
  status: number,
  message: string,
  more: object = {},
  headers: Readonly<Record<string, string>> = {},
): FakeAnswer {
  const body = { message, ...more, documentation_url: "https://docs.github.com/rest", status };
  return { status, body, headers };
}

/** What GitHub says of everything its caller may not see. */
export const notFound: FakeAnswer = refuse(404, "Not Found");

/** One page of `items`, by `page` and `per_page`, with its `Link` header. */
export function paged(
  { query, url }: FakeRequest,
  items: readonly unknown[],
  wrap: (page: readonly unknown[]) => unknown = (page) => page,
): FakeAnswer {
  const size = Math.min(100, Number(query.get("per_page") ?? 30));
  const page = Number(query.get("page") ?? 1);
  const last = Math.max(1, Math.ceil(items.length / size));
  const link = (to: number, rel: string) => {
    const target = new URL(url);
    target.searchParams.set("page", String(to));
    return `<${target.href}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [link(page - 1, "prev"), link(1, "first")] : []),
    ...(page < last ? [link(page + 1, "next"), link(last, "last")] : []),
  ];
  const headers: Record<string, string> = links.length > 0 ? { link: links.join(", ") } : {};
  return { body: wrap(items.slice((page - 1) * size, page * size)), headers };
}
