import { s } from "@portico/core";
import { releaseShape } from "../../repos/shapes.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { refName } from "./shared/arguments.ts";

/** The release of a tag. */
export const getReleaseByTag = githubTool({
  name: "get_release_by_tag",
  toolset: "repos",
  isRare: true,
  description: "The release of a tag.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({ owner, repo, tag: s.string() }),
  output: thing,
  async run({ owner, repo, tag }, { rest }) {
    const { data } = await rest.repos.getReleaseByTag({ owner, repo, tag: refName(tag) });
    return { data: releaseShape(data) };
  },
});
