import { s } from "@portico/core";
import { stated } from "../../api/stated.ts";
import { issueFields } from "../../issues/fields.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { listUnder } from "../shared/outputs.ts";

/** Lists the fields issues can have: an organization's, which its repositories share. */
export const listIssueFields = githubTool({
  name: "list_issue_fields",
  toolset: "issues",
  isRare: true,
  description: "List an organization's issue fields and their options.",
  effect: "reads",
  scopes: ["repo", "read:org"],
  bound: "owner",
  input: s.object({ owner, repo: s.optional(repo) }),
  output: listUnder("fields"),
  async run({ owner }, github) {
    const fields = (await issueFields(github, owner)).map((field) =>
      stated({
        id: field.id,
        name: field.name,
        data_type: field.data_type,
        description: field.description,
        options: field.options?.map(({ name }) => name),
      }),
    );
    return { data: { fields } };
  },
});
