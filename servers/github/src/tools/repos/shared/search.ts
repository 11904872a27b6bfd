import { s } from "@portico/core";
import type { Repository } from "../../../api/github.ts";
import { nextPage } from "../../../api/next-page.ts";
import type { ToolCall } from "../../shared/github-tool.ts";
import { order, page, perPage, USUAL_PER_PAGE } from "../../shared/inputs.ts";

/** What every search takes besides its own order. */
export const searchInput = {
  query: s.string(),
  sort: s.optional(s.string()),
  order,
  page,
  perPage,
};

/** The names the archived server had for them. */
export const searchSpellings = { q: "query", per_page: "perPage" };

interface SearchArguments {
  readonly query: string;
  readonly order?: "asc" | "desc";
  readonly page?: number;
  readonly perPage?: number;
}

/** The same in GitHub's words. */
export function searchParameters({ query: q, order, page = 1, perPage }: SearchArguments) {
  return { q, page, per_page: perPage ?? USUAL_PER_PAGE, ...(order && { order }) };
}

interface SearchResponse {
  readonly data: {
    readonly total_count: number;
    readonly incomplete_results: boolean;
  };
  readonly headers: { readonly link?: string | undefined };
}

/** One page of what a search found. */
export function searchPage({ data, headers }: SearchResponse, items: readonly object[]): object {
  const { total_count, incomplete_results } = data;
  return { total_count, incomplete_results, items, ...nextPage(headers) };
}

/** Those that the allow-list admits of things found, by the full names of their repositories, and where they are. */
export function admitted<T>(
  items: readonly T[],
  fullNameOf: (item: T) => string,
  call: ToolCall,
): { readonly kept: T[]; readonly from: Repository[] } {
  const kept = items.filter((item) => {
    const { owner, repo } = placeNamed(fullNameOf(item));
    return call.admits(owner, repo);
  });
  return { kept, from: kept.map((item) => placeNamed(fullNameOf(item))) };
}

/** The repository of a full name, as `octo/site`. */
export function placeNamed(fullName: string): Repository {
  const [owner = "", repo = ""] = fullName.split("/");
  return { owner, repo };
}
