import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

/** Gives a repository the caller's star. */
export const starRepository = githubTool({
  name: "star_repository",
  toolset: "stargazers",
  description: "Star a repository.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({ owner, repo }),
  output: thing,
  async run({ owner, repo }, { rest }) {
    await rest.activity.starRepoForAuthenticatedUser({ owner, repo });
    return { data: { starred: `${owner}/${repo}` } };
  },
});
