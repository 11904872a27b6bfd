import { s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import { createIssue, updateIssue } from "../../issues/write.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

/** Opens or changes an issue. */
export const issueWrite = githubTool({
  name: "issue_write",
  toolset: "issues",
  description: "Create an issue, or update one; pull requests too.",
  effect: "writes",
  scopes: ["repo", "public_repo"],
  input: s.object({
    method: s.enum(["create", "update"]),
    owner,
    repo,
    issue_number: s.optional(s.integer({ description: "For update" })),
    title: s.optional(s.string()),
    body: s.optional(s.string()),
    assignees: s.optional(s.array(s.string())),
    labels: s.optional(s.array(s.string())),
    milestone: s.optional(s.integer({ description: "Its number" })),
    type: s.optional(s.union([s.string(), s.null()])),
    state: s.optional(s.enum(["open", "closed"])),
    state_reason: s.optional(s.enum(["completed", "not_planned", "duplicate"])),
    duplicate_of: s.optional(s.integer()),
    issue_fields: s.optional(
      s.array(
        s.object({
          field_name: s.string(),
          value: s.optional(s.union([s.string(), s.number(), s.boolean()])),
          field_option_name: s.optional(s.string()),
          delete: s.optional(s.boolean()),
        }),
      ),
    ),
  }),
  output: thing,
  async run({ method, owner, repo, issue_number: number, ...change }, github) {
    const place = { owner, repo };
    if (method === "create") return { data: await createIssue(github, place, change) };
    if (number === undefined) throw new GitHubError("An update needs issue_number.");
    return { data: await updateIssue(github, place, number, change) };
  },
});
