import { expect, test } from "vitest";
import * as discussions from "../../src/discussions/documents.ts";
import * as issues from "../../src/issues/documents.ts";
import * as projects from "../../src/projects/documents.ts";
import * as pulls from "../../src/pulls/documents.ts";
import { openTracker } from "../support/tracker.ts";

// GH7: what a model says is a value of a variable, and never a part of a document.

const documents = new Set<unknown>(
  Object.values({ ...issues, ...pulls, ...discussions, ...projects }),
);

const EVIL = '") { id } } mutation { deleteRepository(input: { repositoryId: "R_1" }) { id } } #${';
const site = { owner: "octo", repo: "site" };
const pull = { ...site, pullNumber: 1 };

test.each([
  ["list_issues", { ...site, after: EVIL, labels: [EVIL], since: EVIL }],
  ["pull_request_read", { ...pull, method: "get_review_comments", after: EVIL }],
  [
    "pull_request_review_write",
    { ...pull, method: "submit_pending", event: "COMMENT", body: EVIL },
  ],
  ["pull_request_review_write", { ...pull, method: "resolve_thread", threadId: EVIL }],
  ["add_comment_to_pending_review", { ...pull, path: EVIL, body: EVIL, subjectType: "FILE" }],
  ["list_discussions", { ...site, category: EVIL, after: EVIL }],
  ["discussion_comment_write", { ...site, method: "update", commentNodeID: EVIL, body: EVIL }],
  [
    "projects_list",
    { owner: "octo", project_number: 1, method: "list_project_views", after: EVIL },
  ],
  ["projects_get", { owner: "octo", project_number: 1, method: "get_project_view", view_id: EVIL }],
  ["projects_write", { owner: "octo", method: "create_project", title: EVIL }],
])("%s sends %j only beside a document of ours", async (name, args) => {
  const users = { good: { login: "octocat", scopes: "repo, project" } };
  const { client, github, tracker } = await openTracker({ users });
  tracker.add("octo/site", { pull: {} });
  await client.callTool(name, args);
  const sent = github.requests.filter(({ path }) => path === "/graphql");
  expect(sent).not.toEqual([]);
  expect(sent.filter(({ body }) => !documents.has(body.query))).toEqual([]);
});
