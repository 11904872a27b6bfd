import { accept } from "@portico/core/testing";
import { refusal, structured, succeed } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { Forum } from "./fake/discussions.ts";
import { openTracker } from "./support/tracker.ts";

const site = { owner: "octo", repo: "site" };

async function openForum(options: Parameters<typeof openTracker>[0] = {}) {
  const { client, github } = await openTracker(options);
  return { client, github, forum: github.world.of(Forum) };
}

test("discussions are listed page by page, and an organization's are those of its .github", async () => {
  const { client, github, forum } = await openForum();
  for (const title of ["a", "b", "c"]) forum.add("octo/site", { title, author: "mona" });
  const first = await structured<{ next_cursor: string }>(client, "list_discussions", {
    ...site,
    perPage: 2,
  });
  expect(first).toMatchObject({
    discussions: [{ title: "a", category: { name: "Q&A" } }, { title: "b" }],
    total_count: 3,
  });
  const args = { ...site, perPage: 2, after: first.next_cursor };
  expect(await structured(client, "list_discussions", args)).toMatchObject({
    discussions: [{ title: "c" }],
  });
  github.world.add({ owner: "octo", name: ".github", private: false, collaborators: new Map() });
  forum.add("octo/.github", { title: "everybody" });
  expect(await structured(client, "list_discussions", { owner: "octo" })).toMatchObject({
    discussions: [{ title: "everybody" }],
  });
});

test("a discussion is read, then its comments, with replies when asked for", async () => {
  const { client, forum } = await openForum();
  const discussion = forum.add("octo/site", { title: "How?", body: "So?", author: "mona" });
  const comment = forum.remark(discussion.comments, "octocat", "Like this");
  forum.remark(comment.replies, "mona", "Thanks");
  const one = { ...site, discussionNumber: 1 };
  expect(await structured(client, "get_discussion", one)).toMatchObject({
    title: "How?",
    body: "So?",
    user: { login: "mona" },
    comments: 1,
  });
  const { comments } = await structured<{ comments: object[] }>(
    client,
    "get_discussion_comments",
    one,
  );
  expect(comments).toMatchObject([{ body: "Like this", user: { login: "octocat" } }]);
  expect(comments[0]).not.toHaveProperty("replies");
  const whole = { ...one, includeReplies: true };
  expect(await structured(client, "get_discussion_comments", whole)).toMatchObject({
    comments: [{ replies: [{ body: "Thanks" }], reply_count: 1 }],
  });
});

test("categories are listed", async () => {
  const { client } = await openForum();
  expect(await structured(client, "list_discussion_categories", site)).toMatchObject({
    categories: [{ id: "DIC_1", name: "Q&A", is_answerable: true }],
  });
});

test("comments are added, answered, changed, made the answer and deleted", async () => {
  const { client, forum } = await openForum({ client: { answers: { confirm: accept() } } });
  const discussion = forum.add("octo/site");
  const write = (method: string, args: object) =>
    structured<{ id: string }>(client, "discussion_comment_write", { ...site, method, ...args });
  const { id: commentNodeID } = await write("add", { discussionNumber: 1, body: "Try it" });
  await write("reply", { commentNodeID, body: "Did not help" });
  await write("update", { commentNodeID, body: "Try this" });
  expect(discussion.comments).toMatchObject([
    { body: "Try this", author: "octocat", replies: [{ body: "Did not help" }] },
  ]);
  await write("mark_answer", { commentNodeID });
  expect(discussion.answer).toBe(discussion.comments[0]);
  await write("unmark_answer", { commentNodeID });
  expect(discussion.answer).toBeUndefined();
  await write("delete", { commentNodeID });
  expect(discussion.comments).toEqual([]);
});

test("no comment is deleted without the user's word", async () => {
  const { client, forum } = await openForum();
  const discussion = forum.add("octo/site");
  forum.remark(discussion.comments, "mona", "Keep me");
  const args = { ...site, method: "delete", commentNodeID: "DC_NTAwMg" };
  expect(await refusal(client, "discussion_comment_write", args)).toContain("Delete the comment");
  expect(discussion.comments).toHaveLength(1);
});

test("the id of a comment elsewhere changes nothing, whatever repository is named", async () => {
  const { client, github, forum } = await openForum();
  github.world.add({ owner: "other", name: "app", private: false, collaborators: new Map() });
  const elsewhere = forum.add("other/app");
  const comment = forum.remark(elsewhere.comments, "octocat", "Mine");
  await succeed(client, "get_discussion_comments", {
    owner: "other",
    repo: "app",
    discussionNumber: 1,
  });
  const commentNodeID = `DC_${Buffer.from(String(comment.id)).toString("base64url")}`;
  const args = { ...site, method: "update", commentNodeID, body: "Changed" };
  expect(await refusal(client, "discussion_comment_write", args)).toContain(
    "not one of a discussion",
  );
  expect(comment.body).toBe("Mine");
});

test.each([
  [{ method: "add", body: "x" }, "Give discussionNumber"],
  [{ method: "add", discussionNumber: 1 }, "add needs a body"],
  [{ method: "reply", body: "x" }, "reply needs commentNodeID"],
  [{ method: "update", commentNodeID: "DC_1" }, "update needs a body"],
])("discussion_comment_write refuses %o", async (args, words) => {
  const { client, github } = await openForum();
  expect(await refusal(client, "discussion_comment_write", { ...site, ...args })).toContain(words);
  expect(github.requests).toEqual([]);
});
