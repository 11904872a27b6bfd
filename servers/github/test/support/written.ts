import type { Client } from "@portico/core";
import { Forum } from "../fake/discussions.ts";
import { PRIORITY } from "../fake/issues.ts";
import { placeRoutes, publicPlace } from "../fake/places.ts";
import { Board } from "../fake/projects.ts";
import type { Tracker } from "../fake/tracker.ts";
import type { World } from "../fake/world.ts";
import type { OpenOptions } from "./servers.ts";
import { openTracker } from "./tracker.ts";

const site = { owner: "octo", repo: "site" };
const pull = { ...site, pullNumber: 3 };
const issue = { ...site, issue_number: 1 };
const discussion = { ...site, discussionNumber: 1 };
const project = { owner: "octo", project_number: 1 };

/** Every way these toolsets read what people wrote in issues, pull requests, discussions and projects. */
export const READS: readonly (readonly [name: string, args: Readonly<Record<string, unknown>>])[] =
  [
    ["issue_read", { ...issue, method: "get" }],
    ["issue_read", { ...issue, method: "get_comments" }],
    ["issue_read", { ...issue, method: "get_sub_issues" }],
    ["issue_read", { ...issue, issue_number: 2, method: "get_parent" }],
    ["list_issues", site],
    ["list_issues", { ...site, field_filters: [{ field_name: "Priority", value: "High" }] }],
    ["search_issues", { query: "is:issue" }],
    ["pull_request_read", { ...pull, method: "get" }],
    ["pull_request_read", { ...pull, method: "get_diff" }],
    ["pull_request_read", { ...pull, method: "get_status" }],
    ["pull_request_read", { ...pull, method: "get_files" }],
    ["pull_request_read", { ...pull, method: "get_commits" }],
    ["pull_request_read", { ...pull, method: "get_review_comments" }],
    ["pull_request_read", { ...pull, method: "get_reviews" }],
    ["pull_request_read", { ...pull, method: "get_comments" }],
    ["pull_request_read", { ...pull, method: "get_check_runs" }],
    ["list_pull_requests", site],
    ["search_pull_requests", { query: "is:pr" }],
    ["list_discussions", site],
    ["get_discussion", discussion],
    ["get_discussion_comments", { ...discussion, includeReplies: true }],
    ["projects_list", { ...project, method: "list_project_items" }],
    ["projects_get", { ...project, method: "get_project_item", item_id: 9_003 }],
    ["get_issue", issue],
    ["get_pull_request", { ...site, pull_number: 3 }],
    ["get_pull_request_files", { ...site, pull_number: 3 }],
    ["get_pull_request_status", { ...site, pull_number: 3 }],
    ["get_pull_request_comments", { ...site, pull_number: 3 }],
    ["get_pull_request_reviews", { ...site, pull_number: 3 }],
  ];

/** A client on a GitHub where `author` wrote `text` wherever somebody can write something. */
export async function openWritten(
  text: string,
  author: string | null,
  options: OpenOptions = {},
): Promise<Client> {
  const users = { good: { login: "octocat", scopes: "repo, project" } };
  const opened = await openTracker({ users, ...options, routes: [placeRoutes] });
  const { world } = opened.github;
  world.add(publicPlace);
  writeIssues(opened.tracker, text, author);
  writePull(opened.tracker, text, author);
  writeElsewhere(world, opened.tracker, text, author);
  return opened.client;
}

function writeIssues(tracker: Tracker, text: string, author: string | null): void {
  const fieldValues = new Map([[PRIORITY.id, "High"]]);
  const facts = { title: text, body: text, author, labels: [text], fieldValues };
  const issue = tracker.add("octo/site", facts);
  tracker.comment(issue, author, text);
  issue.below.push(tracker.add("octo/site", { title: text, body: text, author }));
}

function writePull(tracker: Tracker, text: string, author: string | null): void {
  const comment = () => tracker.newComment(author, text);
  const thread = { id: 71, path: text, line: 1, isResolved: false, comments: [comment()] };
  const pull = tracker.add("octo/site", {
    title: text,
    body: `${text} Closes octo/site#1`,
    author,
    labels: [text],
    pull: {
      head: text,
      base: text,
      diff: text,
      files: [{ filename: text, patch: text }],
      commits: [{ message: text, author }],
      checks: [{ name: text, conclusion: "failure", summary: text }],
      statuses: [{ context: text, description: text }],
      reviews: [{ id: 70, state: "COMMENTED", body: text, author, threads: [thread] }],
    },
  });
  pull.comments.push(comment());
}

function writeElsewhere(world: World, tracker: Tracker, text: string, author: string | null): void {
  const forum = world.of(Forum);
  const discussion = forum.add("octo/site", { title: text, body: text, author });
  const remark = forum.remark(discussion.comments, author, text);
  forum.remark(remark.replies, author, text);
  const board = world.of(Board);
  const project = board.add("octo", "Roadmap", [{ name: "Notes", data_type: "text" }]);
  const [issue] = tracker.issues;
  if (issue) board.put(project, issue);
}
