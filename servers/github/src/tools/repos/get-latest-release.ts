import { s } from "@portico/core";
import { releaseShape } from "../../repos/shapes.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

/** The release that GitHub shows first. */
export const getLatestRelease = githubTool({
  name: "get_latest_release",
  toolset: "repos",
  isRare: true,
  description: "The latest release.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({ owner, repo }),
  output: thing,
  async run({ owner, repo }, { rest }) {
    const { data } = await rest.repos.getLatestRelease({ owner, repo });
    return { data: releaseShape(data) };
  },
});
