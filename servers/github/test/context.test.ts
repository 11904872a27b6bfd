import { refusal, structured } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { parseAllowList } from "../src/bounds/allow-list.ts";
import { json } from "./fake/answers.ts";
import { contextRoutes } from "./fake/context.ts";
import type { FakeRequest, FakeRoutes } from "./fake/github.ts";
import { answerGraphql, connection } from "./fake/graphql.ts";
import { open } from "./support/servers.ts";

const team = (slug: string) => ({ name: slug.toUpperCase(), slug, description: `Does ${slug}` });
const members = Array.from({ length: 120 }, (_, index) => ({ login: `member${index}` }));

/** Organizations and their teams, over GraphQL. */
const answers = {
  Query: {
    user: (_: never, { login }: { login: string }) => ({ login }),
    organization: (_: never, { login }: { login: string }) => (login === "octo" ? { login } : null),
  },
  User: {
    organizations: () => connection([{ login: "octo" }, { login: "other" }]),
  },
  Organization: {
    teams: ({ login }: { login: string }) =>
      connection(login === "octo" ? [team("core"), team("docs")] : [team("web")]),
    team: (_: never, { slug }: { slug: string }) => (slug === "core" ? team("core") : null),
  },
  Team: {
    members: (_: never, args: { first: number; after: string | null }) => connection(members, args),
  },
} as const;

const routes: FakeRoutes = {
  ...contextRoutes,
  "POST /graphql": async ({ body, user, world }: FakeRequest) =>
    json(await answerGraphql(body, [answers as never], { user, world })),
};

test("get_me says whose credential it is", async () => {
  const { client } = await open({ routes: [routes] });
  const me = await structured(client, "get_me");
  expect(me).toMatchObject({ login: "octocat", public_repos: 2 });
});

test("get_teams says in which teams of which organizations somebody is", async () => {
  const { client, github } = await open({ routes: [routes] });
  expect(await structured(client, "get_teams")).toEqual({
    organizations: [
      { org: "octo", teams: [team("core"), team("docs")] },
      { org: "other", teams: [team("web")] },
    ],
  });
  expect(github.requests.at(-1)?.body.variables).toEqual({ user: "octocat" });
  await structured(client, "get_teams", { user: "ada" });
  expect(github.requests.at(-1)?.body.variables).toEqual({ user: "ada" });
});

test("get_teams leaves out organizations outside the allow-list", async () => {
  const settings = { allowed: parseAllowList(["octo"]) };
  const { client } = await open({ routes: [routes], settings });
  const { organizations } = await structured<{ organizations: object[] }>(client, "get_teams");
  expect(organizations).toEqual([expect.objectContaining({ org: "octo" })]);
});

test("get_team_members names all of a team, page by page", async () => {
  const { client } = await open({ routes: [routes] });
  const args = { org: "octo", team_slug: "core" };
  const first = await structured<{ members: string[]; next_cursor: string }>(
    client,
    "get_team_members",
    args,
  );
  expect(first.members).toHaveLength(100);
  const rest = await structured(client, "get_team_members", { ...args, after: first.next_cursor });
  expect(rest).toEqual({ members: members.slice(100).map(({ login }) => login) });
});

test("a team there is none of is said to be none", async () => {
  const { client } = await open({ routes: [routes] });
  const args = { org: "octo", team_slug: "none" };
  expect(await refusal(client, "get_team_members", args)).toBe(
    'octo has no team "none" you may see.',
  );
  const nowhere = { org: "nowhere", team_slug: "core" };
  expect(await refusal(client, "get_team_members", nowhere)).toContain("nowhere");
});
