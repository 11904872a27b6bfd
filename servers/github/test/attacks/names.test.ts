import { call, refusal } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { parseHost } from "../../src/api/base.ts";
import { openApi } from "../../src/api/open-api.ts";
import { tokenCredentials } from "../../src/auth/credential.ts";
import { Granted } from "../../src/auth/granted.ts";
import { everything } from "../../src/bounds/allow-list.ts";
import { fakeGitHub } from "../fake/github.ts";
import { anything } from "../support/rest.ts";
import { open } from "../support/servers.ts";

describe("GH5: a name", () => {
  test.each([
    [{ owner: "..", repo: "x" }, "owner"],
    [{ owner: "%2e%2e", repo: "x" }, "owner"],
    [{ owner: "a/b", repo: "x" }, "owner"],
    [{ owner: "..%2f..", repo: "x" }, "owner"],
    [{ owner: "a?b", repo: "x" }, "owner"],
    [{ owner: "", repo: "x" }, "owner"],
    [{ owner: "a", repo: ".." }, "repo"],
    [{ owner: "a", repo: "." }, "repo"],
    [{ owner: "a", repo: "x#y" }, "repo"],
    [{ owner: "a", repo: "x/../../y" }, "repo"],
    [{ owner: "a", repo: "x\u0000" }, "repo"],
  ])("of %j is refused before anything is sent", async (args, which) => {
    const { client, github } = await open({ routes: [anything] });
    expect(await refusal(client, "list_branches", args)).toContain(`${which} is no name`);
    expect(github.requests).toEqual([]);
  });

  test.each([
    ["get_gist", { gist_id: ".." }],
    ["label_write", { owner: "octo", repo: "site", name: ".", method: "delete" }],
    ["label_write", { owner: "octo", repo: "site", name: "..", method: "delete" }],
  ])("of %s %j that leads to another path is not sent", async (name, args) => {
    const settings = { isUnattended: true };
    const { client, github } = await open({ routes: [anything], settings });
    expect(await refusal(client, name, args)).toContain("nothing was sent");
    expect(github.requests.filter(({ method }) => method !== "GET")).toEqual([]);
    expect(github.requests.filter(({ path }) => path.endsWith("/"))).toEqual([]);
  });

  test("with slashes in it stays one name", async () => {
    const { client, github } = await open({ routes: [anything] });
    await refusal(client, "get_team_members", { org: "octo", team_slug: "../../../user" });
    expect(github.requests.filter(({ path }) => !/^\/(graphql|orgs\/octo)/.test(path))).toEqual([]);
  });
});

describe("GH5: the credential", () => {
  test("goes to no other host, whoever asks for one", async () => {
    await using github = await fakeGitHub();
    await using elsewhere = await fakeGitHub();
    const api = openApi({
      addresses: parseHost(github.url, "GITHUB_HOST"),
      credentials: tokenCredentials("good"),
      allowed: everything,
      granted: new Granted(),
      userAgent: "test",
    });
    const { request } = await api.as(undefined, new AbortController().signal);
    await expect(request(`GET ${elsewhere.url}/user`)).rejects.toThrow("nothing was sent");
    expect(elsewhere.requests).toEqual([]);
  });

  test("is not sent along when GitHub redirects elsewhere, which is not followed", async () => {
    const { client, github } = await open({ routes: [anything] });
    const away = { location: "http://127.0.0.1:9/steal" };
    github.instead.push(() => ({ status: 302, headers: away }));
    const said = await refusal(client, "list_branches", { owner: "o", repo: "a" });
    expect(said).toContain("redirects to 127.0.0.1:9; nothing was sent there");
  });

  test("is in no error and no address, whatever GitHub says", async () => {
    const users = { ghp_s3cret: { login: "ada" } };
    const { client, github } = await open({ routes: [anything], users, token: "ghp_s3cret" });
    const said: string[] = [];
    for (const status of [400, 401, 403, 404, 409, 422, 451]) {
      github.instead.push(({ headers }) => ({
        status,
        body: { message: `You sent ${headers.authorization}` },
      }));
      said.push(await refusal(client, "list_branches", { owner: "o", repo: "a" }));
    }
    expect(said.join("\n")).not.toContain("s3cret");
    expect(github.requests.map(({ url }) => url).join()).not.toContain("s3cret");
  });

  test("that is missing is asked for, and where to get one; the tools are listed all the same", async () => {
    const { client, github } = await open({ routes: [anything], token: undefined });
    expect((await client.listTools()).length).toBeGreaterThan(20);
    expect(await refusal(client, "get_me")).toBe(
      `No credential is set: make a token at ${new URL(github.url).origin}/settings/personal-access-tokens and start the server with GITHUB_PERSONAL_ACCESS_TOKEN set to it, or run portico-github login.`,
    );
  });
});

test.each([
  ["https://github.com", "https://api.github.com", "https://api.github.com/graphql"],
  ["github.com", "https://api.github.com", "https://api.github.com/graphql"],
  ["https://acme.ghe.com/", "https://api.acme.ghe.com", "https://api.acme.ghe.com/graphql"],
  [
    "https://git.acme.example",
    "https://git.acme.example/api/v3",
    "https://git.acme.example/api/graphql",
  ],
  ["http://127.0.0.1:8080", "http://127.0.0.1:8080/api/v3", "http://127.0.0.1:8080/api/graphql"],
])("GitHub at %s is asked at %s", (host, rest, graphql) => {
  expect(parseHost(host, "GITHUB_HOST")).toMatchObject({ rest, graphql });
});

test.each([
  "http://git.acme.example",
  "https://a:b@x.example",
  "https://x.example/path",
  "https://x.example?q",
  "file:///etc/passwd",
])("GH5: GitHub at %s is refused", (host) => {
  expect(() => parseHost(host, "GITHUB_HOST")).toThrow("GITHUB_HOST must be");
});

test("what goes wrong is said in one sentence that tells what to do", async () => {
  const { client, github } = await open({ routes: [anything] });
  const ask = () => call(client, "list_branches", { owner: "o", repo: "a" });
  expect(await ask()).toContain("main");
  const errors: [number, object, Record<string, string>, string][] = [
    [
      401,
      { message: "Bad credentials" },
      {},
      "GitHub refused the credential (Bad credentials); check that the token is whole and has not expired.",
    ],
    [
      403,
      { message: "no" },
      { "x-accepted-oauth-scopes": "admin:org, read:org", "x-oauth-scopes": "gist" },
      "The token lacks the scope admin:org or read:org; add it at https://github.com/settings/tokens.",
    ],
    [
      403,
      { message: "SSO" },
      { "x-github-sso": "required; url=https://x" },
      "The organization wants the token authorized for single sign-on; do so at https://github.com/settings/tokens.",
    ],
    [
      404,
      { message: "Not Found" },
      {},
      "GitHub has no such thing, or the credential may not see it; check owner, names and numbers.",
    ],
    [
      422,
      {
        message: "Validation Failed",
        errors: [{ resource: "Issue", field: "title", code: "missing" }],
      },
      {},
      "GitHub refused this: Validation Failed; Issue title missing",
    ],
  ];
  for (const [status, body, headers, sentence] of errors) {
    github.instead.push(() => ({ status, body, headers }));
    expect(await refusal(client, "list_branches", { owner: "o", repo: "b" })).toBe(sentence);
  }
});
