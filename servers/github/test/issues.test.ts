import { refusal, structured, succeed } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { parseAllowList } from "../src/bounds/allow-list.ts";
import { openTracker } from "./support/tracker.ts";

const site = { owner: "octo", repo: "site" };

test("an issue is read with what is around it", async () => {
  const { client, tracker } = await openTracker();
  const parent = tracker.add("octo/site", { title: "Everything" });
  const issue = tracker.add("octo/site", {
    title: "Broken link",
    body: "On the front page.",
    author: "mona",
    labels: ["bug"],
    reactions: new Map([["+1", 2]]),
  });
  const fix = { title: "Fix", body: "Closes octo/site#2", pull: {} };
  tracker.add("octo/site", { ...fix, author: "octocat" });
  issue.below.push(tracker.add("octo/site", { title: "Detail", state: "closed" }));
  parent.below.push(issue);
  const read = await structured(client, "issue_read", { ...site, method: "get", issue_number: 2 });
  expect(read).toMatchObject({
    number: 2,
    title: "Broken link",
    user: { login: "mona" },
    labels: ["bug"],
    reactions: { "+1": 2 },
    has_parent: true,
    parent: { number: 1, title: "Everything", repository: "octo/site" },
    sub_issues_summary: { total: 1, completed: 1, percent_completed: 100 },
    closed_by_pull_requests: { total_count: 1, references: [{ number: 3, title: "Fix" }] },
  });
  expect(read).not.toHaveProperty("milestone");
});

test("an issue is read where GitHub knows nothing of what is around it", async () => {
  const { client, tracker, github } = await openTracker();
  tracker.add("octo/site", { title: "Old" });
  github.instead.push(({ path }) =>
    path === "/graphql" ? { body: { errors: [{ message: "no such field" }] } } : undefined!,
  );
  const args = { ...site, method: "get", issue_number: 1 };
  expect(await structured(client, "issue_read", args)).toMatchObject({ title: "Old" });
});

test("comments, labels, sub-issues and the parent are read on their own", async () => {
  const { client, tracker } = await openTracker();
  const issue = tracker.add("octo/site", { title: "One", labels: ["bug", "docs"] });
  for (const body of ["first", "second", "third"]) tracker.comment(issue, "mona", body);
  issue.below.push(tracker.add("octo/site", { title: "Two", author: "mona" }));
  const read = (method: string, more: object = {}) =>
    structured(client, "issue_read", { ...site, issue_number: 1, method, ...more });
  expect(await read("get_comments", { perPage: 2 })).toMatchObject({
    items: [{ body: "first" }, { body: "second" }],
    next_page: 2,
  });
  expect(await read("get_comments", { perPage: 2, page: 2 })).toMatchObject({
    items: [{ body: "third" }],
  });
  expect(await read("get_labels")).toMatchObject({ items: [{ name: "bug" }, { name: "docs" }] });
  expect(await read("get_sub_issues")).toMatchObject({
    items: [{ number: 2, repository: "octo/site" }],
  });
  expect(await read("get_parent")).toEqual({ parent: null });
  expect(await read("get_parent", { issue_number: 2 })).toMatchObject({
    parent: { number: 1, title: "One" },
  });
});

test("an issue that is not there is refused in one sentence", async () => {
  const { client } = await openTracker();
  const args = { ...site, method: "get", issue_number: 9 };
  expect(await refusal(client, "issue_read", args)).toContain("GitHub has no such thing");
});

test("issues are listed without pull requests, page by page", async () => {
  const { client, tracker } = await openTracker();
  for (const title of ["a", "b", "c"]) tracker.add("octo/site", { title });
  tracker.add("octo/site", { title: "pull", pull: {} });
  const first = await structured<{ next_cursor: string }>(client, "list_issues", {
    ...site,
    perPage: 2,
  });
  expect(first).toMatchObject({ issues: [{ title: "c" }, { title: "b" }], total_count: 3 });
  const args = { ...site, perPage: 2, after: first.next_cursor };
  const second = await structured(client, "list_issues", args);
  expect(second).toMatchObject({ issues: [{ title: "a" }] });
  expect(second).not.toHaveProperty("next_cursor");
});

test("issues are listed by state, by label and by a field", async () => {
  const { client, tracker } = await openTracker();
  tracker.add("octo/site", { title: "open" });
  tracker.add("octo/site", { title: "closed", state: "closed", labels: ["bug"] });
  tracker.add("octo/site", { title: "urgent", fieldValues: new Map([[7, "High"]]) });
  const titles = async (more: object) => {
    const args = { ...site, ...more };
    const { issues } = await structured<{ issues: { title: string }[] }>(
      client,
      "list_issues",
      args,
    );
    return issues.map(({ title }) => title);
  };
  expect(await titles({ state: "CLOSED" })).toEqual(["closed"]);
  expect(await titles({ state: "open" })).toEqual(["urgent", "open"]);
  expect(await titles({ labels: ["bug"] })).toEqual(["closed"]);
  const field_filters = [{ field_name: "priority", value: "high" }];
  expect(await titles({ field_filters })).toEqual(["urgent"]);
  expect(await refusal(client, "list_issues", { ...site, state: "odd" })).toContain(
    "state is one of OPEN, CLOSED, ALL",
  );
});

test("issues are opened and changed", async () => {
  const { client, tracker } = await openTracker();
  const issue_fields = [{ field_name: "Priority", field_option_name: "high" }];
  const made = await structured(client, "issue_write", {
    ...site,
    method: "create",
    title: "New",
    labels: ["bug"],
    type: "Bug",
    issue_fields,
  });
  expect(made).toMatchObject({ number: 1, html_url: "https://github.com/octo/site/issues/1" });
  expect(tracker.issues[0]).toMatchObject({ author: "octocat", labels: ["bug"], type: "Bug" });
  expect(tracker.issues[0]?.fieldValues).toEqual(new Map([[7, "High"]]));
  await succeed(client, "issue_write", {
    ...site,
    method: "update",
    issue_number: 1,
    title: "Newer",
    type: null,
    state: "closed",
    state_reason: "not_planned",
    issue_fields: [{ field_name: "Priority", delete: true }],
  });
  expect(tracker.issues[0]).toMatchObject({
    title: "Newer",
    labels: ["bug"],
    type: null,
    state: "closed",
    stateReason: "not_planned",
  });
  expect(tracker.issues[0]?.fieldValues.size).toBe(0);
});

test("an issue is closed as the duplicate of another", async () => {
  const { client, tracker } = await openTracker();
  tracker.add("octo/site", { title: "First" });
  tracker.add("octo/site", { title: "Again" });
  const update = { ...site, method: "update", issue_number: 2, state_reason: "duplicate" };
  expect(await refusal(client, "issue_write", update)).toContain("duplicate_of together");
  await succeed(client, "issue_write", { ...update, state: "closed", duplicate_of: 1 });
  expect(tracker.issues[1]).toMatchObject({ state: "closed", duplicateOf: 1 });
});

test.each([
  [{ method: "create" }, "needs a title"],
  [{ method: "create", title: "x", state: "closed" }, "A new issue is open"],
  [{ method: "update", title: "x" }, "needs issue_number"],
  [
    { method: "create", title: "x", issue_fields: [{ field_name: "Size", value: 1 }] },
    'no field "Size"; they have "Priority"',
  ],
])("issue_write refuses %o", async (args, words) => {
  const { client, github } = await openTracker();
  expect(await refusal(client, "issue_write", { ...site, ...args })).toContain(words);
  expect(github.requests.every(({ method }) => method === "GET")).toBe(true);
});

test("comments and reactions are added", async () => {
  const { client, tracker } = await openTracker();
  const issue = tracker.add("octo/site");
  const other = tracker.add("octo/site");
  const comment = tracker.comment(issue, "mona", "Hello");
  const add = { ...site, issue_number: 1 };
  await succeed(client, "add_issue_comment", { ...add, body: "Thanks", reaction: "eyes" });
  expect(issue.comments.at(-1)).toMatchObject({ author: "octocat", body: "Thanks" });
  expect(issue.reactions).toEqual(new Map([["eyes", 1]]));
  const react = { reaction: "heart", comment_id: comment.id };
  await succeed(client, "add_issue_comment", { ...add, ...react });
  expect(comment.reactions).toEqual(new Map([["heart", 1]]));
  expect(await refusal(client, "add_issue_comment", add)).toContain("a body, a reaction or both");
  const elsewhere = { ...add, ...react, issue_number: other.number };
  expect(await refusal(client, "add_issue_comment", elsewhere)).toContain("is not one of #2");
});

test("sub-issues are added, moved and taken away", async () => {
  const { client, tracker } = await openTracker();
  const parent = tracker.add("octo/site");
  const [a, b, c] = [0, 1, 2].map(() => tracker.add("octo/site"));
  const write = (method: string, sub_issue_id = 0, more: object = {}) => ({
    ...site,
    issue_number: 1,
    method,
    sub_issue_id,
    ...more,
  });
  for (const child of [a, b, c]) {
    await succeed(client, "sub_issue_write", write("add", child?.id));
  }
  await succeed(client, "sub_issue_write", write("reprioritize", c?.id, { before_id: a?.id }));
  expect(parent.below).toEqual([c, a, b]);
  await succeed(client, "sub_issue_write", write("remove", a?.id));
  expect(parent.below).toEqual([c, b]);
  expect(await refusal(client, "sub_issue_write", write("reprioritize", c?.id))).toContain(
    "one of after_id and before_id",
  );
});

test("with an allow-list no issue is added below another by an id that could be of any", async () => {
  const settings = { allowed: parseAllowList(["octo/site"]) };
  const { client, tracker, github } = await openTracker({ settings });
  const parent = tracker.add("octo/site");
  const outside = tracker.add("mona/app");
  const add = { ...site, issue_number: 1, method: "add", sub_issue_id: outside.id };
  expect(await refusal(client, "sub_issue_write", add)).toContain("--allow-repos");
  expect(parent.below).toEqual([]);
  expect(github.requests).toEqual([]);
});

test("types and fields of issues are listed", async () => {
  const { client } = await openTracker();
  expect(await structured(client, "list_issue_types", site)).toMatchObject({
    types: [{ name: "Bug" }],
  });
  expect(await structured(client, "list_issue_fields", { owner: "octo" })).toMatchObject({
    fields: [{ name: "Priority", options: ["High", "Low"] }],
  });
});

test("issues are found, and pull requests only by their own search", async () => {
  const { client, tracker, github } = await openTracker();
  tracker.add("octo/site", { title: "link broken" });
  tracker.add("octo/site", { title: "link fixed", pull: {} });
  const query = { query: "link", ...site };
  expect(await structured(client, "search_issues", query)).toMatchObject({
    total_count: 1,
    items: [{ number: 1, repository: "octo/site" }],
  });
  expect(await structured(client, "search_pull_requests", query)).toMatchObject({
    items: [{ number: 2 }],
  });
  const asked = github.requests.map(({ query }) => query.get("q"));
  expect(asked[0]).toBe("is:issue repo:octo/site link");
});
