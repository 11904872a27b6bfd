import { jsonSchema, s } from "@portico/core";
import { GitHubError } from "../../api/error.ts";
import type { FieldChange } from "../../issues/fields.ts";
import { createIssue, updateIssue } from "../../issues/write.ts";
import { githubTool } from "../shared/github-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { thing } from "../shared/outputs.ts";

/** Checked where the fields are known: its members would fill the list of tools. */
const fieldChangeList = jsonSchema<FieldChange[]>({
  type: "array",
  items: { type: "object" },
  description: "field_name with value, field_option_name or delete: true",
});

/** Opens or changes an issue. */
export const issueWrite = githubTool({
  name: "issue_write",
  toolset: "issues",
  description: "Create or update an issue; update pull requests too.",
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
    type: s.optional(jsonSchema<string | null>({ type: ["string", "null"] })),
    state: s.optional(s.enum(["open", "closed"])),
    state_reason: s.optional(s.enum(["completed", "not_planned", "duplicate"])),
    duplicate_of: s.optional(s.integer()),
    issue_fields: s.optional(fieldChangeList),
  }),
  output: thing,
  async run({ method, owner, repo, issue_number: number, ...change }, github) {
    const place = { owner, repo };
    if (method === "create") return { data: await createIssue(github, place, change) };
    if (number === undefined) throw new GitHubError("An update needs issue_number.");
    return { data: await updateIssue(github, place, number, change) };
  },
});
