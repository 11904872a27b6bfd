import { refusal, structured, succeed } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { refuse } from "../fake/answers.ts";
import { addRepository } from "../fake/hub.ts";
import { openSite, routes, SITE } from "../support/repos.ts";
import type { OpenOptions } from "../support/servers.ts";

// GH3: no other tool tells what lockdown withholds.

const WITHHELD = "Lockdown withholds this";

async function openLocked(options: OpenOptions = {}) {
  const opened = await openSite({ ...options, settings: { isLocked: true } });
  const { site } = opened;
  const landed = site.commit({ a: "fine" }, { message: "By a maintainer", author: "maintainer" });
  const merged = site.commit({ b: "b" }, { message: "By a stranger", author: "stranger" });
  site.commit({ c: "c" }, { message: "By nobody", author: null });
  // The commit of a pull request from a fork, which says that a maintainer wrote it.
  const forged = site.commit(
    { a: "evil" },
    { message: "Evil", author: "maintainer", branch: "gone" },
  );
  site.refs.delete("heads/gone");
  site.refs.set("pull/7/head", forged);
  return { ...opened, landed, merged, forged };
}

test("commits by authors without push access are withheld, and how many is said", async () => {
  const { client, merged } = await openLocked();
  const { content, structuredContent } = await succeed(client, "list_commits", SITE);
  expect(structuredContent).toMatchObject({
    commits: [{ commit: { message: "By a maintainer" } }],
  });
  expect(JSON.stringify(content)).toContain("Lockdown withheld 2 by authors without push access.");
  expect(await refusal(client, "get_commit", { ...SITE, sha: merged })).toContain(
    "Lockdown withholds this commit",
  );
});

test("found commits are withheld as well", async () => {
  const { client } = await openLocked();
  const found = await structured<{ items: object[] }>(client, "search_commits", { query: "by" });
  expect(found.items).toMatchObject([{ commit: { message: "By a maintainer" } }]);
});

test("files of branches, tags and landed commits are shown", async () => {
  const { client, landed, site } = await openLocked();
  site.refs.set("tags/v1", landed);
  for (const at of [{}, { ref: "main" }, { ref: "HEAD" }, { ref: "v1" }, { sha: landed }]) {
    const args = { ...SITE, path: "a", ...at };
    expect(await structured(client, "get_file_contents", args)).toMatchObject({ content: "fine" });
  }
});

test.each([
  ["get_file_contents", { path: "a", ref: "refs/pull/7/head" }],
  ["get_file_contents", { path: "a", ref: "pull/7/head" }],
  ["get_repository_tree", { tree_sha: "refs/pull/7/head" }],
  ["list_commits", { sha: "refs/pull/7/head" }],
  ["get_commit", { sha: "refs/pull/7/head" }],
])("%s shows nothing of a pull request, whoever it says wrote it: %j", async (name, args) => {
  const { client } = await openLocked();
  expect(await refusal(client, name, { ...SITE, ...args })).toContain(WITHHELD);
});

test.each([
  ["get_file_contents", "sha"],
  ["get_repository_tree", "tree_sha"],
  ["list_commits", "sha"],
  ["get_commit", "sha"],
])("%s shows nothing of such a commit by its id or the start of it", async (name, argument) => {
  const { client, forged } = await openLocked();
  for (const sha of [forged, forged.slice(0, 7)]) {
    const args = { ...SITE, path: "a", [argument]: sha };
    expect(await refusal(client, name, args)).toContain(WITHHELD);
  }
});

test("nothing of a private repository is withheld", async () => {
  const { client, github } = await openLocked();
  const diary = addRepository(github.world, { owner: "octocat", name: "diary", private: true });
  const sha = diary.commit({ a: "dear" }, { author: null });
  diary.refs.set("pull/1/head", sha);
  const args = { owner: "octocat", repo: "diary", path: "a", ref: "refs/pull/1/head" };
  expect(await structured(client, "get_file_contents", args)).toMatchObject({ content: "dear" });
  expect(
    await structured(client, "list_commits", { owner: "octocat", repo: "diary" }),
  ).toMatchObject({ commits: [{ sha }] });
});

test("what cannot be found out is withheld", async () => {
  const unseen = { "GET /repos/:owner/:repo": () => refuse(403, "Forbidden") };
  const { client, site } = await openLocked({ routes: [unseen, ...routes] });
  const sha = site.refs.get("heads/main");
  expect(await refusal(client, "get_commit", { ...SITE, sha })).toContain("may not do this");
  const args = { ...SITE, path: "a", sha };
  expect(await refusal(client, "get_file_contents", args)).toContain("may not do this");
});
