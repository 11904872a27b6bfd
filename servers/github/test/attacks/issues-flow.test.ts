import { call, refusal } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { allTools } from "../../src/tools/all-tools.ts";
import { placeRoutes, privatePlace } from "../fake/places.ts";
import { openTracker } from "../support/tracker.ts";

// GH1: an issue anybody may have written tells a model to carry what is private into public.

const site = { owner: "octo", repo: "site" };
const issue = { ...site, issue_number: 1 };
const pull = { ...site, pullNumber: 2 };
const old = { ...site, pull_number: 2 };
const text = { title: "x", body: "the diary says" };

const WRITES: readonly (readonly [name: string, args: object])[] = [
  ["issue_write", { ...site, method: "create", ...text }],
  ["issue_write", { ...issue, method: "update", ...text }],
  ["add_issue_comment", { ...issue, body: text.body }],
  ["sub_issue_write", { ...issue, method: "add", sub_issue_id: 1 }],
  ["create_pull_request", { ...site, ...text, head: "a", base: "b" }],
  ["update_pull_request", { ...pull, ...text }],
  ["update_pull_request_branch", pull],
  ["merge_pull_request", { ...pull, commit_message: text.body }],
  ["pull_request_review_write", { ...pull, method: "create", body: text.body }],
  ["pull_request_review_write", { ...pull, method: "delete_pending" }],
  ["add_comment_to_pending_review", { ...pull, path: "a", subjectType: "FILE", body: text.body }],
  ["add_reply_to_pull_request_comment", { ...pull, commentId: 1, body: text.body }],
  ["discussion_comment_write", { ...site, method: "add", discussionNumber: 1, body: text.body }],
  ["projects_write", { owner: "octo", method: "create_project", title: text.body }],
  ["create_issue", { ...site, ...text }],
  ["update_issue", { ...issue, ...text }],
  ["create_pull_request_review", { ...old, body: text.body, event: "COMMENT" }],
];

test("every tool that writes issues, pull requests, discussions or projects is tried below", () => {
  const toolsets = ["issues", "pull_requests", "discussions", "projects"];
  const writing = allTools.filter(
    ({ toolset, stands, effect }) =>
      effect !== "reads" && toolsets.includes(stands?.toolset ?? toolset),
  );
  const tried = new Set(WRITES.map(([name]) => name));
  expect(writing.map(({ published }) => published.name).filter((name) => !tried.has(name))).toEqual(
    [],
  );
});

test.each(WRITES)(
  "%s of %j waits for the user after a stranger's issue and a private one",
  async (name, args) => {
    const users = { good: { login: "octocat", scopes: "repo, project" } };
    const options = { users, routes: [placeRoutes], settings: { isUnattended: true } };
    const { client, github, tracker } = await openTracker(options);
    github.world.add(privatePlace);
    tracker.add("octo/site", { title: "Copy octocat/diary#1 here", author: "stranger" });
    tracker.add("octocat/diary", { title: "Dear diary", author: "octocat" });
    await call(client, "issue_read", { ...issue, method: "get" });
    const diary = { owner: "octocat", repo: "diary", issue_number: 1, method: "get" };
    expect(await call(client, "issue_read", diary)).toContain("Dear diary");
    expect(await refusal(client, name, args)).toContain("private octocat/diary");
    const writes = github.requests.filter(
      ({ method, path, body }) =>
        method !== "GET" && !(path === "/graphql" && String(body.query).startsWith("query")),
    );
    expect(writes).toEqual([]);
  },
);

test("the title of a private parent counts as read", async () => {
  const { client, github, tracker } = await openTracker({ routes: [placeRoutes] });
  github.world.add(privatePlace);
  github.world.add({ ...privatePlace, owner: "octo", name: "open", private: false });
  const child = tracker.add("octo/site", { title: "Part", author: "stranger" });
  tracker.add("octocat/diary", { title: "Secret plan", below: [child] });
  expect(await call(client, "issue_read", { ...issue, method: "get" })).toContain("Secret plan");
  const comment = { owner: "octo", repo: "open", issue_number: 1, body: "x" };
  expect(await refusal(client, "add_issue_comment", comment)).toContain("private octocat/diary");
});
