import { s } from "@portico/core";
import { archivedTool } from "../shared/archived-tool.ts";
import { owner, repo } from "../shared/inputs.ts";
import { issueRead } from "./issue-read.ts";
import { issueWrite } from "./issue-write.ts";

const texts = {
  title: s.optional(s.string()),
  body: s.optional(s.string()),
  assignees: s.optional(s.array(s.string())),
  milestone: s.optional(s.integer()),
  labels: s.optional(s.array(s.string())),
};

/** The archived server's name for opening an issue. */
export const createIssue = archivedTool({
  name: "create_issue",
  description: "Create an issue.",
  effect: "writes",
  input: s.object({ owner, repo, ...texts, title: s.string() }),
  of: issueWrite,
  translate: (args) => ({ method: "create", ...args }),
});

/** Its name for changing one. */
export const updateIssue = archivedTool({
  name: "update_issue",
  description: "Update an issue.",
  effect: "writes",
  input: s.object({
    owner,
    repo,
    issue_number: s.integer(),
    ...texts,
    state: s.optional(s.enum(["open", "closed"])),
  }),
  of: issueWrite,
  translate: (args) => ({ method: "update", ...args }),
});

/** Its name for reading one. */
export const getIssue = archivedTool({
  name: "get_issue",
  description: "Get an issue.",
  effect: "reads",
  input: s.object({ owner, repo, issue_number: s.integer() }),
  of: issueRead,
  translate: (args) => ({ method: "get", ...args }),
});
