import { s } from "@portico/core";
import { type Discussion, LIST_DISCUSSIONS } from "../../discussions/documents.ts";
import { discussionShape } from "../../discussions/shapes.ts";
import { githubTool } from "../shared/github-tool.ts";
import { after, owner, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { withheldNote } from "../shared/withheld.ts";
import { homeOf } from "./home.ts";

/** Lists discussions. */
export const listDiscussions = githubTool({
  name: "list_discussions",
  toolset: "discussions",
  description: "List the discussions of a repository, or of an organization.",
  effect: "reads",
  scopes: ["repo"],
  bound: "owner",
  input: s.object({
    owner,
    repo: s.optional(repo),
    category: s.optional(s.string({ description: "Its id" })),
    orderBy: s.optional(s.enum(["UPDATED_AT", "CREATED_AT"])),
    direction: s.optional(s.enum(["DESC", "ASC"])),
    perPage,
    after,
  }),
  output: listUnder("discussions"),
  list: "discussions",
  async run({ category, orderBy = "UPDATED_AT", direction = "DESC", ...args }, github, call) {
    const home = homeOf(args);
    const { repository } = await github.graphql<{ repository: { discussions: Discussions } }>(
      LIST_DISCUSSIONS,
      {
        ...home,
        first: args.perPage ?? USUAL_PER_PAGE,
        after: args.after,
        categoryId: category,
        orderBy: { field: orderBy, direction },
      },
    );
    const { nodes, totalCount, pageInfo } = repository.discussions;
    const { kept, withheld } = await call.shown(home, nodes, ({ author }) => author?.login);
    return {
      data: {
        discussions: kept.map(discussionShape),
        total_count: totalCount,
        ...(pageInfo.hasNextPage && { next_cursor: pageInfo.endCursor }),
      },
      note: withheldNote(withheld),
      from: [home],
    };
  },
});

interface Discussions {
  readonly nodes: readonly Discussion[];
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}
