import { spawnSync } from "node:child_process";
import { connect, httpClient, REVISIONS } from "@portico/core";
import { call, listen, openRemote, openStdio, refusal, structured } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { fakeGitHub } from "./fake/github.ts";
import { anything } from "./support/rest.ts";
import { binary } from "./support/servers.ts";

const envFor = (url: string) => ({ GITHUB_PERSONAL_ACCESS_TOKEN: "good", GITHUB_HOST: url });

describe.each(REVISIONS)("the binary with revision %s", (revision) => {
  test("works over stdio and over HTTP", async () => {
    await using github = await fakeGitHub({ routes: [anything] });
    const env = envFor(github.url);
    const near = await openStdio([binary], { revision, env });
    expect(await call(near, "get_me")).toContain("octocat");
    const far = await openRemote([binary], "http", { revision, env });
    const place = { owner: "octo", repo: "site" };
    expect(await call(far, "list_branches", place)).toContain("main");
  });
});

test.each(["GITHUB_TOKEN", "GH_TOKEN"])("a token in %s is used as well", async (variable) => {
  await using github = await fakeGitHub({ routes: [anything] });
  const client = await openStdio([binary], {
    env: { [variable]: "good", GITHUB_HOST: github.url },
  });
  expect(await structured(client, "get_me")).toMatchObject({ login: "octocat" });
});

test("the variables of the official server choose the tools", async () => {
  const client = await openStdio([binary], {
    env: {
      GITHUB_TOOLSETS: "context,gists",
      GITHUB_TOOLS: "list_branches",
      GITHUB_EXCLUDE_TOOLS: "get_teams",
      GITHUB_READ_ONLY: "true",
    },
  });
  const names = (await client.listTools()).map(({ name }) => name);
  expect(names.sort()).toEqual([
    "get_gist",
    "get_me",
    "get_team_members",
    "list_branches",
    "list_gists",
  ]);
});

test("an allow-list of the environment holds", async () => {
  await using github = await fakeGitHub({ routes: [anything] });
  const env = { ...envFor(github.url), GITHUB_ALLOW_REPOS: "octo/site friends" };
  const client = await openStdio([binary], { env });
  const said = await refusal(client, "list_branches", { owner: "octo", repo: "other" });
  expect(said).toContain("--allow-repos");
  expect(github.requests).toEqual([]);
});

test("without a credential it starts, lists its tools, and each call says how to get one", async () => {
  const client = await openStdio([binary], { env: {} });
  expect((await client.listTools()).length).toBeGreaterThan(20);
  expect(await refusal(client, "get_me")).toContain("GITHUB_PERSONAL_ACCESS_TOKEN");
});

test.each([
  [["--toolsets=issues,nonsense"], 'There is no toolset "nonsense"'],
  [["--tools=get_you"], 'There is no tool "get_you"'],
  [["--exclude-tools=get_you"], 'There is no tool "get_you"'],
  [["--gh-host=http://git.example"], "--gh-host must be an address that begins with https://."],
  [["--allow-repos=a/b/c"], '"a/b/c" is neither an owner nor owner/repo.'],
])("%j is refused with the corrected line", (args, says) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...args], {
    encoding: "utf8",
    input: "",
    env: { PATH: process.env.PATH },
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(says);
});

test("a token GitHub does not know is in no answer and on no line the process writes", async () => {
  await using github = await fakeGitHub({ routes: [anything], users: {} });
  const env = { GITHUB_HOST: github.url, PORTICO_LOG_LEVEL: "debug" };
  const server = await listen([binary, "--personal-access-token=ghp_s3cret"], env);
  const client = await connect(httpClient(server.url), { clientInfo: { name: "t", version: "1" } });
  expect(await refusal(client, "get_me")).toContain("GitHub refused the credential");
  expect(await refusal(client, "get_me")).not.toContain("s3cret");
  await client.close();
  await server.stop();
  const wrong = ["--personal-access-token=ghp_s3cret", "--toolsets=nonsense"];
  const { stderr } = spawnSync(process.execPath, [binary, ...wrong], {
    encoding: "utf8",
    input: "",
  });
  expect(stderr).not.toContain("s3cret");
});
