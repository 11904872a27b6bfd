import { s } from "@portico/core";
import { type Discussion, GET_DISCUSSION } from "../../discussions/documents.ts";
import { discussionShape } from "../../discussions/shapes.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";
import { withheldError } from "../shared/withheld.ts";

/** Reads one discussion. */
export const getDiscussion = githubTool({
  name: "get_discussion",
  toolset: "discussions",
  description: "Get a discussion, without its comments.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({ owner, repo, discussionNumber: s.integer() }),
  output: thing,
  async run({ discussionNumber: number, ...place }, github, call) {
    const { repository } = await github.graphql<{ repository: { discussion: Discussion } }>(
      GET_DISCUSSION,
      { ...place, number },
    );
    const { discussion } = repository;
    if (await call.mayShow(place, discussion.author?.login)) {
      return { data: discussionShape(discussion) };
    }
    throw withheldError("discussion");
  },
});
