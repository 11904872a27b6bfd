import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

/** Deletes a repository for good. */
export const deleteRepository = githubTool({
  name: "delete_repository",
  toolset: "repos",
  isRare: true,
  description: "Delete a repository and all in it; asks the user.",
  effect: "destroys",
  scopes: ["delete_repo"],
  input: s.object({ owner, repo }),
  output: thing,
  question: ({ owner, repo }) =>
    `Delete the repository ${owner}/${repo} with all its files, issues and pull requests? This cannot be undone.`,
  async run({ owner, repo }, { rest }) {
    await rest.repos.delete({ owner, repo });
    return { data: { deleted: `${owner}/${repo}` }, from: [] };
  },
});
