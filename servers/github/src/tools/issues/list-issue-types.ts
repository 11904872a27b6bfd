import { s } from "@portico/core";
import { stated } from "../../api/stated.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";

interface IssueType {
  readonly id: number;
  readonly name: string;
  readonly description: string | null;
  readonly color?: string | null;
  readonly is_enabled?: boolean;
}

/** Lists the types issues can have. */
export const listIssueTypes = githubTool({
  name: "list_issue_types",
  toolset: "issues",
  description: "List issue types.",
  effect: "reads",
  scopes: ["repo", "read:org"],
  bound: "owner",
  input: s.object({ owner, repo: s.optional(repo) }),
  output: listUnder("types"),
  async run({ owner, repo }, github) {
    const { data } =
      repo === undefined
        ? await github.request("GET /orgs/{org}/issue-types", { org: owner })
        : await github.request("GET /repos/{owner}/{repo}/issue-types", { owner, repo });
    const types = (data as IssueType[]).map(({ id, name, description, color, is_enabled }) =>
      stated({ id, name, description, color, is_enabled }),
    );
    return { data: { types } };
  },
});
