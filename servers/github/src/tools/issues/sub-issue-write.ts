import { s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

/** The id of an issue says nothing of its repository, and GitHub finds none by it. */
const NOT_BY_ID =
  "With --allow-repos no issue is added below another: its id does not say which repository it is of.";

/** Puts issues below another one, takes them away, or sorts them. */
export const subIssueWrite = githubTool({
  name: "sub_issue_write",
  toolset: "issues",
  isRare: true,
  description: "Add, remove or move a sub-issue by its id, not its number.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({
    method: s.enum(["add", "remove", "reprioritize"]),
    owner,
    repo,
    issue_number: s.integer(),
    sub_issue_id: s.integer(),
    replace_parent: s.optional(s.boolean()),
    after_id: s.optional(s.integer()),
    before_id: s.optional(s.integer()),
  }),
  output: thing,
  async run({ method, replace_parent, after_id, before_id, ...args }, github, call) {
    const { issues } = github.rest;
    if (method === "add") {
      if (call.ctx.deps.allowed.isOn) throw new GitHubError(NOT_BY_ID);
      const { data } = await issues.addSubIssue({
        ...args,
        ...(replace_parent && { replace_parent }),
      });
      return { data: { number: data.number, html_url: data.html_url } };
    }
    if (method === "remove") {
      const { data } = await issues.removeSubIssue(args);
      return { data: { number: data.number, html_url: data.html_url } };
    }
    if ((after_id === undefined) === (before_id === undefined)) {
      throw new GitHubError("Give one of after_id and before_id.");
    }
    const beside = after_id === undefined ? { before_id: before_id as number } : { after_id };
    const { data } = await issues.reprioritizeSubIssue({ ...args, ...beside });
    return { data: { number: data.number, html_url: data.html_url } };
  },
});
