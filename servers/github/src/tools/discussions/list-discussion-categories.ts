import { s } from "@portico/core";
import { stated } from "../../api/stated.ts";
import { DISCUSSION_CATEGORIES } from "../../discussions/documents.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";
import { homeOf } from "./home.ts";

/** Lists the categories of discussions. */
export const listDiscussionCategories = githubTool({
  name: "list_discussion_categories",
  toolset: "discussions",
  description: "List the categories of a repository's or an organization's discussions.",
  effect: "reads",
  scopes: ["repo"],
  bound: "owner",
  input: s.object({ owner, repo: s.optional(repo) }),
  output: listUnder("categories"),
  async run(args, github) {
    const home = homeOf(args);
    const { repository } = await github.graphql<{
      repository: { discussionCategories: { nodes: Category[]; totalCount: number } };
    }>(DISCUSSION_CATEGORIES, { ...home });
    const { nodes, totalCount: total_count } = repository.discussionCategories;
    const categories = nodes.map(({ id, name, description, isAnswerable }) =>
      stated({ id, name, description, is_answerable: isAnswerable }),
    );
    return { data: { categories, total_count }, from: [home] };
  },
});

interface Category {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly isAnswerable: boolean;
}
