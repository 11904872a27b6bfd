import { accept } from "@portico/core/testing";
import { call, refusal, structured, succeed } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { refuse } from "./fake/answers.ts";
import { shaOf } from "./fake/pulls.ts";
import type { FakePull, FakeThread } from "./fake/tracker.ts";
import { openTracker } from "./support/tracker.ts";

const site = { owner: "octo", repo: "site" };
const first = { ...site, pullNumber: 1 };
const agreeing = { client: { answers: { confirm: accept() } } };

const change: Partial<FakePull> = {
  head: "fix-link",
  diff: "diff --git a/index.html b/index.html\n-<a>\n+<a href='/'>\n<!-- a comment of the page -->\n",
  files: [{ filename: "index.html", patch: "@@ -1 +1 @@\n-<a>\n+<a href='/'>" }],
  commits: [{ message: "Fix the link", author: "mona" }],
  checks: [{ name: "test", conclusion: "failure", summary: "1 test failed" }],
  statuses: [{ context: "ci", description: "Waiting" }],
};

test("a pull request is read, and each part of it", async () => {
  const { client, tracker } = await openTracker();
  const pull = tracker.add("octo/site", { title: "Fix", author: "mona", pull: change });
  tracker.comment(pull, "mona", "Please look");
  const read = (method: string) => structured(client, "pull_request_read", { ...first, method });
  expect(await read("get")).toMatchObject({
    number: 1,
    title: "Fix",
    merged: false,
    user: { login: "mona" },
    head: { ref: "fix-link", repo: { full_name: "octo/site" } },
    changed_files: 1,
  });
  expect(await read("get_files")).toMatchObject({
    items: [{ filename: "index.html", patch: change.files?.[0]?.patch }],
  });
  expect(await read("get_commits")).toMatchObject({
    items: [{ message: "Fix the link", author: "mona" }],
  });
  expect(await read("get_status")).toMatchObject({ state: "pending", items: [{ context: "ci" }] });
  expect(await read("get_check_runs")).toMatchObject({
    total_count: 1,
    items: [{ name: "test", conclusion: "failure", summary: "1 test failed" }],
  });
  expect(await read("get_comments")).toMatchObject({ items: [{ body: "Please look" }] });
  expect(await read("get_reviews")).toEqual({ items: [] });
});

test("a diff is code: comments of a page in it stay", async () => {
  const { client, tracker } = await openTracker();
  tracker.add("octo/site", { author: "mona", pull: change });
  const args = { ...first, method: "get_diff" };
  expect(await structured(client, "pull_request_read", args)).toEqual({ diff: change.diff });
});

test("a large diff comes in pages that make it up", async () => {
  const { client, tracker } = await openTracker();
  const file = (name: string) =>
    `diff --git a/${name} b/${name}\n${"+ one more line of this file\n".repeat(1_000)}`;
  const diff = file("a") + file("b") + file("c");
  tracker.add("octo/site", { pull: { diff } });
  const pages: string[] = [];
  for (let page: number | undefined = 1; page !== undefined; ) {
    const args = { ...first, method: "get_diff", page };
    const answer: { diff: string; next_page?: number; left_out?: number } = await structured(
      client,
      "pull_request_read",
      args,
    );
    pages.push(answer.diff);
    page = answer.next_page;
  }
  expect(pages).toHaveLength(3);
  expect(pages.join("")).toBe(diff);
  const beyond = { ...first, method: "get_diff", page: 4 };
  expect(await refusal(client, "pull_request_read", beyond)).toContain("no page 4");
});

test("a diff that GitHub does not give is read by files", async () => {
  const { client, tracker, github } = await openTracker();
  tracker.add("octo/site", { pull: change });
  const tooLarge = () =>
    refuse(406, "Sorry, the diff exceeded the maximum number of lines (20000)");
  github.instead.push(undefined as never, tooLarge);
  const args = { ...first, method: "get_diff" };
  expect(await refusal(client, "pull_request_read", args)).toContain("read it with get_files");
});

test("pull requests are listed", async () => {
  const { client, tracker } = await openTracker();
  tracker.add("octo/site", { title: "issue" });
  tracker.add("octo/site", { title: "open", pull: {} });
  tracker.add("octo/site", { title: "merged", state: "closed", pull: { merged: true } });
  const list = (more: object) =>
    structured(client, "list_pull_requests", { ...site, fields: ["title", "merged"], ...more });
  expect(await list({})).toEqual({ pull_requests: [{ title: "open", merged: false }] });
  expect(await list({ head: "elsewhere" })).toEqual({ pull_requests: [] });
  expect(await list({ state: "closed" })).toEqual({
    pull_requests: [{ title: "merged", merged: true }],
  });
});

test("a pull request is opened with reviewers, changed, and made a draft and ready again", async () => {
  const { client, tracker } = await openTracker();
  const made = await structured(client, "create_pull_request", {
    ...site,
    title: "Fix",
    head: "fix",
    base: "main",
    reviewers: ["mona", "octo/web"],
  });
  expect(made).toMatchObject({ number: 1, draft: false, reviewers: ["mona", "octo/web"] });
  expect(tracker.issues[0]?.pull?.reviewers).toEqual(["mona", "web"]);
  await succeed(client, "update_pull_request", { ...first, title: "Fix it", draft: true });
  expect(tracker.issues[0]).toMatchObject({ title: "Fix it", pull: { draft: true } });
  await succeed(client, "update_pull_request", { ...first, draft: false });
  expect(tracker.issues[0]).toMatchObject({ title: "Fix it", pull: { draft: false } });
  expect(await refusal(client, "update_pull_request", first)).toContain("Say what to change");
});

test("what GitHub finds wrong with a new pull request is passed on", async () => {
  const { client } = await openTracker();
  const args = { ...site, title: "x", head: "main", base: "main" };
  expect(await refusal(client, "create_pull_request", args)).toContain("Validation Failed");
});

test("what is done already is said when the rest fails", async () => {
  const { client, tracker, github } = await openTracker();
  const open = { ...site, title: "Fix", head: "fix", base: "main", reviewers: ["nobody"] };
  const fail = () => refuse(422, "Reviews may only be requested from collaborators.");
  github.instead.push(undefined as never, fail);
  expect(await refusal(client, "create_pull_request", open)).toMatch(
    /^Pull request #1 was opened \(https:.*collaborators/,
  );
  expect(tracker.issues).toHaveLength(1);
});

test("a merge waits for the user's word", async () => {
  const { client, tracker } = await openTracker(agreeing);
  tracker.add("octo/site", { pull: change });
  const merged = await structured(client, "merge_pull_request", {
    ...first,
    merge_method: "squash",
  });
  expect(merged).toMatchObject({ merged: true, sha: shaOf(tracker.issues[0]?.pull as FakePull) });
});

test("nothing is merged that was pushed after it was reviewed", async () => {
  const { client, tracker } = await openTracker(agreeing);
  const pull = tracker.add("octo/site", { pull: change }).pull as FakePull;
  const { head } = await structured<{ head: { sha: string } }>(client, "pull_request_read", {
    ...first,
    method: "get",
  });
  pull.head = "pushed-since";
  const merge = { ...first, sha: head.sha };
  expect(await refusal(client, "merge_pull_request", merge)).toContain("Head branch was modified");
  expect(pull.merged).toBe(false);
});

test("without the user's word nothing is merged", async () => {
  const { client, tracker } = await openTracker();
  tracker.add("octo/site", { pull: change });
  expect(await refusal(client, "merge_pull_request", first)).toContain("Merge octo/site#1?");
  expect(tracker.issues[0]?.pull?.merged).toBe(false);
});

test("the branch of a pull request is updated, unless it moved", async () => {
  const { client, tracker } = await openTracker();
  tracker.add("octo/site", { pull: change });
  expect(await structured(client, "update_pull_request_branch", first)).toMatchObject({
    success: true,
  });
  const stale = { ...first, expectedHeadSha: "0".repeat(40) };
  expect(await refusal(client, "update_pull_request_branch", stale)).toContain("expected head sha");
});

test("a review is begun, commented and published", async () => {
  const { client, tracker } = await openTracker();
  const pull = tracker.add("octo/site", { pull: change }).pull as FakePull;
  const write = (args: object) =>
    structured(client, "pull_request_review_write", { ...first, ...args });
  const comment = { ...first, path: "index.html", line: 1, subjectType: "LINE", body: "Why?" };
  expect(await refusal(client, "add_comment_to_pending_review", comment)).toContain(
    "no pending review",
  );
  expect(await write({ method: "create" })).toMatchObject({ state: "PENDING" });
  expect(await structured(client, "add_comment_to_pending_review", comment)).toHaveProperty(
    "thread_id",
  );
  const astray = { ...comment, path: "other.html" };
  expect(await refusal(client, "add_comment_to_pending_review", astray)).toContain(
    "not part of the diff",
  );
  expect(await write({ method: "submit_pending", event: "REQUEST_CHANGES" })).toMatchObject({
    state: "CHANGES_REQUESTED",
  });
  expect(pull.reviews).toMatchObject([
    { state: "CHANGES_REQUESTED", threads: [{ path: "index.html", line: 1 }] },
  ]);
});

test("a pending review is thrown away when the user agrees", async () => {
  const { client, tracker } = await openTracker(agreeing);
  const pull = tracker.add("octo/site", { pull: change }).pull as FakePull;
  await succeed(client, "pull_request_review_write", { ...first, method: "create" });
  await succeed(client, "pull_request_review_write", { ...first, method: "delete_pending" });
  expect(pull.reviews).toEqual([]);
});

test("threads are listed with their ids, answered, resolved and opened again", async () => {
  const { client, tracker } = await openTracker();
  const pull = tracker.add("octo/site", { pull: change }).pull as FakePull;
  const comments = [{ path: "index.html", line: 1, body: "Why?" }];
  const review = { ...first, method: "create", event: "COMMENT", comments };
  await succeed(client, "pull_request_review_write", review);
  const { items } = await structured<{ items: { id: string; comments: { id: number }[] }[] }>(
    client,
    "pull_request_read",
    { ...first, method: "get_review_comments" },
  );
  expect(items).toMatchObject([
    { is_resolved: false, path: "index.html", comments: [{ body: "Why?" }], comment_count: 1 },
  ]);
  const [thread] = items;
  const reply = {
    ...first,
    commentId: thread?.comments[0]?.id,
    body: "Because.",
    reaction: "eyes",
  };
  await succeed(client, "add_reply_to_pull_request_comment", reply);
  const kept = pull.reviews[0]?.threads[0] as FakeThread;
  expect(kept.comments.map(({ body }) => body)).toEqual(["Why?", "Because."]);
  expect(kept.comments[0]?.reactions).toEqual(new Map([["eyes", 1]]));
  const resolve = { ...first, method: "resolve_thread", threadId: thread?.id };
  await succeed(client, "pull_request_review_write", resolve);
  expect(kept.isResolved).toBe(true);
  await succeed(client, "pull_request_review_write", { ...resolve, method: "unresolve_thread" });
  expect(kept.isResolved).toBe(false);
});

test("the id of a thread elsewhere resolves nothing, whatever repository is named", async () => {
  const { client, github, tracker } = await openTracker();
  github.world.add({ owner: "other", name: "app", private: false, collaborators: new Map() });
  const thread = {
    id: 77,
    path: "a",
    line: 1,
    isResolved: false,
    comments: [tracker.newComment("mona", "Hm")],
  };
  const review = {
    id: 76,
    state: "COMMENTED",
    body: "",
    author: "mona",
    threads: [thread],
  } as const;
  tracker.add("other/app", { pull: { reviews: [{ ...review, threads: [thread] }] } });
  tracker.add("octo/site", { pull: change });
  const { items } = await structured<{ items: { id: string }[] }>(client, "pull_request_read", {
    owner: "other",
    repo: "app",
    pullNumber: 1,
    method: "get_review_comments",
  });
  const args = { ...first, method: "resolve_thread", threadId: items[0]?.id };
  expect(await refusal(client, "pull_request_review_write", args)).toContain(
    "not one of octo/site#1",
  );
  expect(thread.isResolved).toBe(false);
});

test.each([
  ["add_reply_to_pull_request_comment", { ...site, commentId: 5 }, "a body, a reaction or both"],
  ["add_reply_to_pull_request_comment", { ...site, commentId: 5, body: "x" }, "needs pullNumber"],
  ["pull_request_review_write", { ...first, method: "submit_pending" }, "needs an event"],
  ["pull_request_review_write", { ...first, method: "resolve_thread" }, "Which thread?"],
])("%s refuses %o", async (name, args, words) => {
  const { client, github } = await openTracker();
  expect(await refusal(client, name, args)).toContain(words);
  expect(github.requests).toEqual([]);
});

test("the names and arguments of the archived server do the same", async () => {
  const { client, tracker } = await openTracker(agreeing);
  const old = { ...site, pull_number: 2 };
  await succeed(client, "create_issue", { ...site, title: "Broken" });
  await succeed(client, "update_issue", { ...site, issue_number: 1, state: "closed" });
  expect(
    JSON.parse((await call(client, "get_issue", { ...site, issue_number: 1 })).split("\n")[0]!),
  ).toMatchObject({ number: 1, title: "Broken", state: "closed", user: { login: "octocat" } });
  const open = { ...site, title: "Fix", head: "fix", base: "main" };
  await succeed(client, "create_pull_request", open);
  await succeed(client, "create_pull_request_review", { ...old, body: "Fine", event: "APPROVE" });
  expect(await structured(client, "get_pull_request", old)).toMatchObject({ title: "Fix" });
  expect(await structured(client, "get_pull_request_files", old)).toEqual({ items: [] });
  expect(await structured(client, "get_pull_request_status", old)).toMatchObject({ items: [] });
  expect(await structured(client, "get_pull_request_comments", old)).toMatchObject({ items: [] });
  expect(await structured(client, "get_pull_request_reviews", old)).toMatchObject({
    items: [{ state: "APPROVED", body: "Fine" }],
  });
  await succeed(client, "update_pull_request_branch", old);
  await succeed(client, "merge_pull_request", old);
  expect(tracker.issues[1]?.pull?.merged).toBe(true);
  const page = {
    ...site,
    state: "closed",
    sort: "updated",
    direction: "asc",
    per_page: 1,
    page: 1,
  };
  expect(await structured(client, "list_issues", page)).toMatchObject({ issues: [{ number: 1 }] });
  expect(await structured(client, "search_issues", { q: "Broken", per_page: 5 })).toMatchObject({
    total_count: 1,
  });
});
