import { s } from "@portico/core";
import { labelShape } from "../../repos/labels.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

/** One label. */
export const getLabel = githubTool({
  name: "get_label",
  toolset: "labels",
  description: "A label of a repository.",
  effect: "reads",
  scopes: ["repo"],
  input: s.object({ owner, repo, name: s.string() }),
  output: thing,
  async run({ owner, repo, name }, { rest }) {
    const { data } = await rest.issues.getLabel({ owner, repo, name });
    return { data: labelShape(data) };
  },
});
