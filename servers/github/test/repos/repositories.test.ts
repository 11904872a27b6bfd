import { accept, decline } from "@portico/core/testing";
import { refusal, structured, succeed } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { parseAllowList } from "../../src/bounds/allow-list.ts";
import { addRepository, Hub } from "../fake/hub.ts";
import { openSite, SITE } from "../support/repos.ts";

const users = { good: { login: "octocat", scopes: "repo, delete_repo, gist, read:org" } };
const allowed = (...entries: string[]) => ({ settings: { allowed: parseAllowList(entries) } });

describe("a new repository", () => {
  test("is private unless told", async () => {
    const { client, github } = await openSite();
    const made = await structured(client, "create_repository", { name: "new", autoInit: true });
    expect(made).toMatchObject({ full_name: "octocat/new", private: true });
    const shown = { name: "open", organization: "octo", private: false };
    expect(await structured(client, "create_repository", shown)).toMatchObject({
      full_name: "octo/open",
      url: "https://github.com/octo/open",
      private: false,
    });
    expect(await refusal(client, "create_repository", { name: "new" })).toContain("already exists");
    expect(github.world.of(Hub).repositories).toHaveLength(3);
  });

  test("is made inside the allow-list only, a fork as well", async () => {
    const { client } = await openSite(allowed("octo", "octocat/new"));
    await succeed(client, "create_repository", { name: "new" });
    const says = "octocat/other is not among the repositories this server may touch.";
    expect(await refusal(client, "create_repository", { name: "other" })).toBe(says);
    expect(await refusal(client, "fork_repository", SITE)).toContain("octocat/site is not among");
  });

  test("may be a fork", async () => {
    const { client } = await openSite();
    expect(await structured(client, "fork_repository", SITE)).toMatchObject({
      full_name: "octocat/site",
    });
    expect(
      await structured(client, "fork_repository", { ...SITE, organization: "acme" }),
    ).toMatchObject({ full_name: "acme/site" });
  });
});

describe("GH9: a repository is deleted when the user agrees", () => {
  const mine = { owner: "octocat", repo: "old" };
  const opened = async (answers?: Record<string, ReturnType<typeof accept>>) => {
    const options = { users, ...(answers && { client: { answers } }) };
    const { client, github } = await openSite(options as never);
    addRepository(github.world, { owner: "octocat", name: "old" });
    return { client, names: () => github.world.of(Hub).repositories.map(({ name }) => name) };
  };

  test("and not before", async () => {
    const { client, names } = await opened({ confirm: accept() });
    await succeed(client, "delete_repository", mine);
    expect(names()).toEqual(["site"]);
  });

  test("and stays when the user does not, or cannot be asked", async () => {
    const declined = await opened({ confirm: decline() } as never);
    expect(await refusal(declined.client, "delete_repository", mine)).toContain("did not agree");
    const unasked = await opened();
    expect(await refusal(unasked.client, "delete_repository", mine)).toContain(
      "Delete the repository octocat/old with all its files, issues and pull requests?",
    );
    expect([declined.names(), unasked.names()]).toEqual([
      ["site", "old"],
      ["site", "old"],
    ]);
  });
});

test("collaborators are listed with their roles", async () => {
  const { client } = await openSite();
  const args = { ...SITE, perPage: 2, fields: ["login", "role_name"] };
  expect(await structured(client, "list_repository_collaborators", args)).toEqual({
    items: [
      { login: "octocat", role_name: "write" },
      { login: "maintainer", role_name: "maintain" },
    ],
    next_page: 2,
  });
});

describe("searches", () => {
  test("find repositories, with no token lent for cloning", async () => {
    const { client } = await openSite();
    const found = await structured(client, "search_repositories", { query: "site" });
    expect(found).toMatchObject({
      total_count: 1,
      incomplete_results: false,
      items: [{ full_name: "octo/site", description: "A site", stargazers_count: 0 }],
    });
    const args = { query: "site", minimal_output: false };
    const { content, structuredContent } = await succeed(client, "search_repositories", args);
    expect(structuredContent).toMatchObject({ items: [{ node_id: "R_1000" }] });
    expect(JSON.stringify([content, structuredContent])).not.toContain("secret-of-a-clone");
  });

  test("find code with what is around it, also by the archived names", async () => {
    const { client, site } = await openSite();
    site.commit({ "src/a.ts": "export const needle = 1;", "b.ts": "" });
    const found = await structured(client, "search_code", { q: "needle", per_page: 5 });
    expect(found).toMatchObject({
      total_count: 1,
      items: [
        {
          path: "src/a.ts",
          repository: "octo/site",
          text_matches: [{ fragment: "export const needle = 1;" }],
        },
      ],
    });
  });

  test("find commits by their messages", async () => {
    const { client, site } = await openSite();
    const sha = site.commit({ a: "1" }, { message: "Fix the needle" });
    site.commit({ a: "2" }, { message: "Other" });
    const args = { query: "needle repo:octo/site", sort: "author-date" };
    expect(await structured(client, "search_commits", args)).toMatchObject({
      items: [{ sha, repository: "octo/site", commit: { message: "Fix the needle" } }],
    });
  });

  test("find users and organizations, each among their kind", async () => {
    const { client, github } = await openSite();
    expect(await structured(client, "search_users", { query: "octo" })).toMatchObject({
      items: [{ login: "octo", html_url: "https://github.com/octo" }],
    });
    await structured(client, "search_orgs", { query: "octo" });
    await structured(client, "search_orgs", { query: "octo type:user" });
    expect(github.requests.map(({ query }) => query.get("q"))).toEqual([
      "type:user octo",
      "type:org octo",
      "octo type:user",
    ]);
  });

  test("GH7: stay inside the allow-list, whatever their words or GitHub's answer", async () => {
    const { client, github, site } = await openSite(allowed("octo/site"));
    site.commit({ a: "needle" });
    addRepository(github.world, { owner: "evil", name: "x" }).commit({ a: "needle" });
    const code = await structured(client, "search_code", { query: "needle" });
    expect(code).toMatchObject({ items: [{ repository: "octo/site" }] });
    expect(await refusal(client, "search_code", { query: "needle repo:evil/x" })).toContain(
      "outside the repositories this server may touch",
    );
    const other = addRepository(github.world, { owner: "evil", name: "y" });
    github.instead.push(({ world }) => ({
      body: {
        total_count: 1,
        incomplete_results: false,
        items: [{ full_name: other.fullName, id: world.places.size }],
      },
    }));
    expect(await structured(client, "search_repositories", { query: "y" })).toMatchObject({
      items: [],
    });
  });
});

test("stars are given, listed and taken back", async () => {
  const { client, site, github } = await openSite();
  addRepository(github.world, { owner: "octo", name: "other" });
  await succeed(client, "star_repository", SITE);
  for (const args of [{}, { username: "octocat" }]) {
    expect(await structured(client, "list_starred_repositories", args)).toMatchObject({
      repositories: [{ full_name: "octo/site", stargazers_count: 1 }],
    });
  }
  await succeed(client, "unstar_repository", SITE);
  expect(site.stars.size).toBe(0);
});

test("starred repositories outside the allow-list are not shown", async () => {
  const { client, site, github } = await openSite(allowed("octo/site"));
  const other = addRepository(github.world, { owner: "evil", name: "x" });
  for (const { stars } of [site, other]) stars.add("octocat");
  const { repositories } = await structured(client, "list_starred_repositories");
  expect(repositories).toMatchObject([{ full_name: "octo/site" }]);
});
