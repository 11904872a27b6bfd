import { s } from "@portico/core";
import { stated } from "../../api/stated.ts";
import { LIST_LABELS, type ListedLabels } from "../../repos/labels.ts";
import { githubTool } from "../shared/github-tool.ts";
import { after, owner, perPage, repo } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";

const MOST = 100;

/** The labels of a repository. */
export const listLabel = githubTool({
  name: "list_label",
  toolset: "labels",
  description: "Labels of a repository, the most used of a page first.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({ owner, repo, perPage, after }),
  output: listUnder("labels"),
  list: "labels",
  async run({ owner, repo, perPage: first = MOST, after = null }, { graphql }) {
    const { repository } = await graphql<ListedLabels>(LIST_LABELS, { owner, repo, first, after });
    const { nodes, totalCount, pageInfo } = repository.labels;
    const labels = nodes
      .map(({ issues, ...label }) => ({ ...stated(label), issues: issues.totalCount }))
      .sort((a, b) => b.issues - a.issues);
    return {
      data: {
        labels,
        totalCount,
        ...(pageInfo.hasNextPage && { next_cursor: pageInfo.endCursor }),
      },
    };
  },
});
