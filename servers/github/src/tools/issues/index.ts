import type { GitHubTool } from "../shared/github-tool.ts";
import { addIssueComment } from "./add-issue-comment.ts";
import { createIssue, getIssue, updateIssue } from "./archived.ts";
import { issueRead } from "./issue-read.ts";
import { issueWrite } from "./issue-write.ts";
import { listIssueFields } from "./list-issue-fields.ts";
import { listIssueTypes } from "./list-issue-types.ts";
import { listIssues } from "./list-issues.ts";
import { searchIssues } from "./search-issues.ts";
import { subIssueWrite } from "./sub-issue-write.ts";

/** The tools of the toolset `issues`. */
export const issuesTools: readonly GitHubTool[] = [
  issueRead,
  issueWrite,
  listIssues,
  searchIssues,
  addIssueComment,
  subIssueWrite,
  listIssueTypes,
  listIssueFields,
  createIssue,
  updateIssue,
  getIssue,
];
