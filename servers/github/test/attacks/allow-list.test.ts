import { call, refusal } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { parseHost } from "../../src/api/base.ts";
import { openApi } from "../../src/api/open-api.ts";
import { tokenCredentials } from "../../src/auth/credential.ts";
import { Granted } from "../../src/auth/granted.ts";
import { parseAllowList } from "../../src/bounds/allow-list.ts";
import { json } from "../fake/answers.ts";
import { fakeGitHub } from "../fake/github.ts";
import { answerGraphql } from "../fake/graphql.ts";
import { anything } from "../support/rest.ts";
import { open } from "../support/servers.ts";

const allowed = parseAllowList(["octo/site", "friends"]);
const OUTSIDE = "outside the repositories this server may touch";

const bounded = () => open({ routes: [anything], settings: { allowed } });

describe("GH7: an argument", () => {
  test.each([
    ["list_branches", { owner: "octo", repo: "other" }],
    ["list_branches", { owner: "evil", repo: "site" }],
    ["list_branches", { owner: "octo", repo: "site2" }],
    ["get_team_members", { org: "octo", team_slug: "x" }],
    ["get_issue", { owner: "evil", repo: "x", issue_number: 1 }],
    ["search_issues", { query: "bug repo:evil/x" }],
    ["search_issues", { q: '"bug repo:evil/x' }],
    ["search_issues", { query: "bug", owner: "evil", repo: "x" }],
    ["search_code", { query: "x user:evil" }],
  ])("%s of %j is refused before anything is sent", async (name, args) => {
    const { client, github } = await bounded();
    expect(await refusal(client, name, args)).toMatch(/--allow-repos/);
    expect(github.requests).toEqual([]);
  });

  test("within the list is served, whatever its case", async () => {
    const { client } = await bounded();
    expect(await call(client, "list_branches", { owner: "OCTO", repo: "Site" })).toContain("main");
    expect(await call(client, "list_branches", { owner: "friends", repo: "x" })).toContain("main");
  });
});

describe("GH7: a search", () => {
  test("is sent with the places of the list, and what is found elsewhere is left out", async () => {
    const { client, github } = await bounded();
    const issue = (repo: string) => ({
      title: `in ${repo}`,
      number: 1,
      labels: [],
      assignees: [],
      user: { login: "octocat" },
      repository_url: `${github.url}/api/v3/repos/${repo}`,
    });
    const items = [issue("octo/site"), issue("evil/x")];
    github.instead.push(() => json({ total_count: 2, incomplete_results: false, items }));
    const said = await call(client, "search_issues", { query: "bug" });
    expect(github.requests[0]?.query.get("q")).toContain("repo:octo/site user:friends bug");
    expect(said).toContain("in octo/site");
    expect(said).not.toContain("in evil/x");
  });
});

describe("GH7: a request", () => {
  const reach = async () => {
    const github = await fakeGitHub({
      routes: [
        {
          "POST /graphql": async ({ body, user, world }) =>
            json(
              await answerGraphql(
                body,
                [
                  {
                    Query: {
                      nodes: (_: never, { ids }: { ids: readonly string[] }) => ids.map(nodeOf),
                      viewer: () => ({ login: user.login }),
                    },
                  },
                ] as never,
                { user, world },
              ),
            ),
        },
      ],
    });
    const api = openApi({
      addresses: parseHost(github.url, "GITHUB_HOST"),
      credentials: tokenCredentials("good"),
      allowed,
      granted: new Granted(),
      userAgent: "test",
    });
    return { github, on: await api.as(undefined, new AbortController().signal) };
  };

  const nodeOf = (id: string) => {
    const [type, owner, name] = id.split(":");
    if (type === "Issue")
      return { __typename: type, id, repository: { nameWithOwner: `${owner}/${name}` } };
    if (type === "User") return { __typename: type, id };
    if (type === "Gist") return { __typename: type, id };
    return null;
  };

  test("that a redirect leads out of the list goes no further", async () => {
    const { client, github } = await bounded();
    for (const location of ["/api/v3/repos/evil/x/branches", "/api/v3/repositories/7/branches"]) {
      github.instead.push(() => ({ status: 301, headers: { location } }));
      const said = await refusal(client, "list_branches", { owner: "octo", repo: "site" });
      expect(said).toContain(OUTSIDE);
    }
    expect(github.requests).toHaveLength(2);
  });

  test("of GraphQL is refused for an owner, a search or a node outside", async () => {
    const { github, on } = await reach();
    await using _ = github;
    const ask = (variables: object) => on.graphql("query { viewer { login } }", variables as never);
    for (const variables of [
      { owner: "evil", name: "x" },
      { owner: "octo", repo: "other" },
      { org: "octo" },
      { login: "evil" },
      { query: "repo:evil/x" },
      { query: "bug" },
      { id: "Issue:evil:x" },
      { input: { subjectId: "Issue:evil:x" } },
      { input: [{ ids: ["Issue:octo:site", "Issue:evil:x"] }] },
      { gistId: "Gist:x" },
      { id: "unknown" },
    ]) {
      await expect(ask(variables)).rejects.toThrow(OUTSIDE);
    }
    for (const variables of [
      { owner: "octo", name: "site" },
      { query: "repo:octo/site bug" },
      { id: "Issue:friends:any", assigneeIds: ["User:evil"] },
      { body: "Issue:evil:x" },
    ]) {
      await expect(ask(variables)).resolves.toEqual({ viewer: { login: "octocat" } });
    }
  });

  test("whose search is not narrowed is refused, whoever forgot it", async () => {
    const { github, on } = await reach();
    await using _ = github;
    await expect(on.rest.search.code({ q: "x" })).rejects.toThrow(OUTSIDE);
    await expect(on.rest.repos.get({ owner: "evil", repo: "x" })).rejects.toThrow(OUTSIDE);
    await expect(on.request("GET /repositories/{id}", { id: 7 })).rejects.toThrow(OUTSIDE);
    expect(github.requests).toEqual([]);
  });
});
