import { type Schema, s } from "@portico/core";
import { nextPage } from "../../api/next-page.ts";
import { pullShape } from "../../pulls/shapes.ts";
import { githubTool } from "../shared/github-tool.ts";
import { order, owner, page, perPage, repo, USUAL_PER_PAGE } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { withheldNote } from "../shared/withheld.ts";

/** GitHub orders by `created` where it knows no other word. */
const sort = s.string({ description: "created, updated, popularity or long-running" }) as Schema<
  "created" | "updated" | "popularity" | "long-running"
>;

/** Lists the pull requests of a repository. */
export const listPullRequests = githubTool({
  name: "list_pull_requests",
  toolset: "pull_requests",
  description: "List pull requests.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({
    owner,
    repo,
    state: s.optional(s.enum(["open", "closed", "all"])),
    head: s.optional(s.string({ description: "user:branch" })),
    base: s.optional(s.string()),
    sort: s.optional(sort),
    direction: order,
    page,
    perPage,
  }),
  output: listUnder("pull_requests"),
  list: "pull_requests",
  spellings: { per_page: "perPage" },
  async run({ perPage: per_page = USUAL_PER_PAGE, head, ...args }, github, call) {
    const { data, headers } = await github.rest.pulls.list({
      ...args,
      ...(head !== undefined && { head: qualified(head, args.owner) }),
      per_page,
    });
    const { kept, withheld } = await call.shown(args, data, ({ user }) => user?.login);
    return {
      data: { pull_requests: kept.map(pullShape), ...nextPage(headers) },
      note: withheldNote(withheld),
    };
  },
});

/** A branch without its owner filters nothing: GitHub would list everything. */
function qualified(head: string, owner: string): string {
  return head.includes(":") ? head : `${owner}:${head}`;
}
