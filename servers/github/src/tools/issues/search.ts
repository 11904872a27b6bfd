import { s } from "@portico/core";
import type { GitHub } from "../../api/github.ts";
import { nextPage } from "../../api/next-page.ts";
import { repositoryOf, withRepository } from "../../issues/shapes.ts";
import { shownElsewhere } from "../shared/elsewhere.ts";
import type { Answer, ToolCall } from "../shared/github-tool.ts";
import { order, page, perPage, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { withheldNote } from "../shared/withheld.ts";

/** What a search of issues or pull requests takes. */
export const searchInput = {
  query: s.string(),
  owner: s.optional(s.string()),
  repo: s.optional(s.string()),
  sort: s.optional(s.string()),
  order,
  page,
  perPage,
};

/** Its arguments. */
export interface SearchArguments {
  readonly query: string;
  readonly owner?: string;
  readonly repo?: string;
  readonly sort?: string;
  readonly order?: "asc" | "desc";
  readonly page?: number;
  readonly perPage?: number;
}

/** How GitHub may rank what it finds; another name is ranked by how well it fits. */
type Sort = "comments" | "reactions" | "interactions" | "created" | "updated";

/** The names the archived server had for arguments of a search. */
export const searchSpellings = { q: "query", per_page: "perPage" };

/** Searches issues or pull requests. */
export async function search(
  kind: "issue" | "pr",
  args: SearchArguments,
  github: GitHub,
  call: ToolCall,
): Promise<Answer> {
  const { query, owner, repo, sort, perPage: per_page = USUAL_PER_PAGE, ...rest } = args;
  const { data, headers } = await github.rest.search.issuesAndPullRequests({
    q: qualified(kind, query, owner, repo),
    per_page,
    // Qualifiers of issue fields are known to the newer search only.
    ...(/\bfield\./.test(query) && { advanced_search: "true" }),
    ...(sort !== undefined && { sort: sort as Sort }),
    ...rest,
  });
  const { kept, withheld, from } = await shownElsewhere(
    data.items,
    ({ repository_url }) => repositoryOf(repository_url),
    ({ user }) => user?.login,
    call,
  );
  return {
    data: {
      total_count: data.total_count,
      incomplete_results: data.incomplete_results,
      items: kept.map(withRepository),
      ...nextPage(headers),
    },
    note: withheldNote(withheld),
    from,
  };
}

/** The query within its kind and, where they are given, a repository or an owner. */
function qualified(kind: string, query: string, owner?: string, repo?: string): string {
  const kinds = new RegExp(`(^|\\s|\\()(is|type):${kind}(\\s|\\)|$)`, "i");
  const place = owner && (repo ? `repo:${owner}/${repo}` : `user:${owner}`);
  return [kinds.test(query) ? undefined : `is:${kind}`, place, query].filter(Boolean).join(" ");
}
