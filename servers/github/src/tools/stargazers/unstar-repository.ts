import { s } from "@portico/core";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

/** Takes the caller's star back. */
export const unstarRepository = githubTool({
  name: "unstar_repository",
  toolset: "stargazers",
  description: "Take a star back.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({ owner, repo }),
  output: thing,
  async run({ owner, repo }, { rest }) {
    await rest.activity.unstarRepoForAuthenticatedUser({ owner, repo });
    return { data: { unstarred: `${owner}/${repo}` } };
  },
});
