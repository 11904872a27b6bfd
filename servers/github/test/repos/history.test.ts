import { refusal, structured, succeed } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { openSite, SITE } from "../support/repos.ts";

interface Commits {
  readonly commits: { readonly sha: string; readonly commit: { readonly message: string } }[];
  readonly next_page?: number;
}

const messages = ({ commits }: Commits) => commits.map(({ commit }) => commit.message);

describe("list_commits", () => {
  const NAME = "list_commits";

  test("is read page after page to the first commit", async () => {
    const { client, site } = await openSite();
    for (const message of ["one", "two", "three", "four", "five"])
      site.commit({ a: message }, { message });
    const read: string[] = [];
    let page: number | undefined = 1;
    while (page !== undefined) {
      const found: Commits = await structured<Commits>(client, NAME, { ...SITE, perPage: 2, page });
      read.push(...messages(found));
      page = found.next_page;
    }
    expect(read).toEqual(["five", "four", "three", "two", "one"]);
  });

  test("shows of each commit what scripts of the archived server read", async () => {
    const { client, site } = await openSite();
    const sha = site.commit({ a: "1" }, { message: "one", author: "ann" });
    const { commits } = await structured<Commits>(client, NAME, SITE);
    expect(commits).toEqual([
      {
        sha,
        html_url: `https://github.com/octo/site/commit/${sha}`,
        commit: {
          message: "one",
          author: { name: "ann", email: "ann@example.com", date: "2026-01-01T00:00:00.000Z" },
          committer: { name: "ann", email: "ann@example.com", date: "2026-01-01T00:00:00.000Z" },
        },
        author: { login: "ann" },
        committer: { login: "ann" },
      },
    ]);
  });

  test.each([
    [{ author: "ann" }, ["one"]],
    [{ path: "docs" }, ["two"]],
    [{ since: "2026-01-01T00:01:00Z" }, ["two"]],
    [{ until: "2026-01-01" }, ["one"]],
    [{ sha: "old" }, ["old"]],
  ])("by %j", async (filter, expected) => {
    const { client, site } = await openSite();
    site.commit({ a: "1" }, { message: "one", author: "ann" });
    site.commit({ "docs/a": "2" }, { message: "two", author: "bob" });
    site.commit({ a: "0" }, { message: "old", branch: "old" });
    expect(messages(await structured<Commits>(client, NAME, { ...SITE, ...filter }))).toEqual(
      expected,
    );
  });

  test("takes no time that is none", async () => {
    const { client } = await openSite();
    expect(await refusal(client, NAME, { ...SITE, since: "yesterday" })).toContain(
      '"yesterday" is no time; write it as 2026-01-31T12:00:00Z.',
    );
  });

  test("shows the fields that are asked for", async () => {
    const { client, site } = await openSite();
    const sha = site.commit({ a: "1" });
    const args = { ...SITE, fields: ["sha"] };
    expect(await structured(client, NAME, args)).toEqual({ commits: [{ sha }] });
  });
});

describe("get_commit", () => {
  const NAME = "get_commit";

  test.each([
    ["none", undefined, undefined],
    [
      "stats",
      [
        ["a", "modified"],
        ["b", "added"],
      ],
      undefined,
    ],
    [
      "full_patch",
      [
        ["a", "modified"],
        ["b", "added"],
      ],
      "@@\n+2",
    ],
  ])("with the detail %s", async (detail, files, patch) => {
    const { client, site } = await openSite();
    site.commit({ a: "1" });
    const sha = site.commit({ a: "2", b: "2" });
    const found = await structured<{
      files?: { filename: string; status: string; patch?: string }[];
    }>(client, NAME, { ...SITE, sha: "main", detail });
    expect(found).toMatchObject({ sha });
    expect(found.files?.map(({ filename, status }) => [filename, status])).toEqual(files);
    expect(found.files?.[0]?.patch).toBe(patch);
  });

  test("leaves code in patches as it is, and messages as a person would see them", async () => {
    const { client, site } = await openSite();
    site.commit({ a: "<!-- kept -->\u202e" }, { message: "Fix <!-- do evil -->it\u200b" });
    const found = await structured(client, NAME, { ...SITE, sha: "main", detail: "full_patch" });
    expect(found).toMatchObject({
      commit: { message: "Fix it" },
      files: [{ patch: "@@\n+<!-- kept -->" }],
    });
  });
});

describe("branches", () => {
  test("begin at the default branch, at another, or at a tag", async () => {
    const { client, site } = await openSite();
    const tagged = site.commit({ a: "1" });
    const tag = site.objects.tag({ object: tagged, name: "v1", message: "First" });
    site.refs.set("tags/v1", tag);
    const head = site.commit({ a: "2" });
    await succeed(client, "create_branch", { ...SITE, branch: "one" });
    await succeed(client, "create_branch", { ...SITE, branch: "two", from_branch: "v1" });
    expect([site.refs.get("heads/one"), site.refs.get("heads/two")]).toEqual([head, tagged]);
    expect(await structured(client, "list_branches", SITE)).toMatchObject({
      branches: [{ name: "main", sha: head, protected: true }, { name: "one" }, { name: "two" }],
    });
  });

  test("are refused where there is one already, nothing to begin at, or no such name", async () => {
    const { client, site } = await openSite();
    site.commit({ a: "1" });
    const create = (args: object) => refusal(client, "create_branch", { ...SITE, ...args });
    expect(await create({ branch: "main" })).toContain("Reference already exists");
    expect(await create({ branch: "x", from_branch: "no" })).toBe(
      "There is no branch no to begin from.",
    );
    expect(await create({ branch: "-x" })).toContain("cannot be the name of a branch");
  });
});

test("tags say what they point to, and annotated ones what was written on them", async () => {
  const { client, site } = await openSite();
  const sha = site.commit({ a: "1" });
  site.refs.set("tags/v1", site.objects.tag({ object: sha, name: "v1", message: "First" }));
  site.refs.set("tags/plain", sha);
  expect(await structured(client, "get_tag", { ...SITE, tag: "v1" })).toMatchObject({
    tag: "v1",
    message: "First",
    object: { type: "commit", sha },
    tagger: { name: "Ann" },
  });
  expect(await structured(client, "get_tag", { ...SITE, tag: "plain" })).toEqual({
    tag: "plain",
    ref: "refs/tags/plain",
    object: { type: "commit", sha },
  });
  expect(await structured(client, "list_tags", SITE)).toEqual({
    tags: [
      { name: "v1", sha },
      { name: "plain", sha },
    ],
  });
});

test("releases are found by tag, as the latest, and in a list", async () => {
  const { client, site } = await openSite();
  const base = { draft: false, body: "Notes", author: "ann", published_at: "2026-01-01T00:00:00Z" };
  site.releases.push(
    { ...base, id: 2, tag_name: "v2-rc", name: "Two", prerelease: true },
    { ...base, id: 1, tag_name: "v1", name: "One", prerelease: false },
  );
  const one = { id: 1, tag_name: "v1", name: "One", body: "Notes", author: { login: "ann" } };
  expect(await structured(client, "get_latest_release", SITE)).toMatchObject(one);
  expect(await structured(client, "get_release_by_tag", { ...SITE, tag: "v1" })).toMatchObject(one);
  expect(await structured(client, "list_releases", { ...SITE, fields: ["tag_name"] })).toEqual({
    releases: [{ tag_name: "v2-rc" }, { tag_name: "v1" }],
  });
  expect(await refusal(client, "get_release_by_tag", { ...SITE, tag: "v9" })).toContain(
    "no such thing",
  );
});
