import { s } from "@portico/core";
import type { GitHub } from "../../api/github.ts";
import { searchInput, searchPage, searchParameters } from "../repos/shared/search.ts";
import type { Answer } from "../shared/github-tool.ts";

/** What a search of accounts takes. */
export const accountsInput = s.object(searchInput);

/** How GitHub may order them; by another name it orders by how well they fit. */
type Sort = "followers" | "repositories" | "joined";

interface Wanted {
  readonly query: string;
  readonly order?: "asc" | "desc";
  readonly page?: number;
  readonly perPage?: number;
  readonly sort?: string;
}

/** Searches accounts of one kind, unless the query names a kind itself. */
export async function searchAccounts(
  kind: "user" | "org",
  { sort, ...wanted }: Wanted,
  { rest }: GitHub,
): Promise<Answer> {
  const hasKind = /(^|\s)type:(user|org)(\s|$)/i.test(wanted.query);
  const query = hasKind ? wanted.query : `type:${kind} ${wanted.query}`;
  const parameters = searchParameters({ ...wanted, query });
  const found = await rest.search.users({ ...parameters, ...(sort && { sort: sort as Sort }) });
  const items = found.data.items.map(({ login, id, html_url }) => ({ login, id, html_url }));
  return { data: searchPage(found, items), from: [] };
}
