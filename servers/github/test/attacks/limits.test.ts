import { call, refusal, structured } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { parseHost } from "../../src/api/base.ts";
import { openApi } from "../../src/api/open-api.ts";
import { Granted } from "../../src/auth/granted.ts";
import { everything } from "../../src/bounds/allow-list.ts";
import { json, refuse } from "../fake/answers.ts";
import { type FakeRoutes, fakeGitHub } from "../fake/github.ts";
import { clientOn, open } from "../support/servers.ts";

/** Branches, by a name that says which call it was. */
const branches: FakeRoutes = {
  "GET /repos/:owner/:repo/branches": ({ params }) =>
    json([{ name: `of-${params.repo}`, commit: { sha: "1" }, protected: false }]),
  "POST /repos/:owner/:repo/git/refs": () => json({ ref: "refs/heads/x", object: { sha: "1" } }),
  "GET /user": ({ user }) => json({ login: user.login }),
};

const tokenOf = (name: string) => ({
  identity: name,
  authorization: async () => `Bearer ${name}`,
});

describe("GH10: limits", () => {
  test("200 calls at once against 20 a second are all served, in the order they came", async () => {
    const { client, github } = await open({ routes: [branches], limits: { perSecond: 20 } });
    const numbers = Array.from({ length: 200 }, (_, index) => index);
    const answers = await Promise.all(
      numbers.map((n) => call(client, "list_branches", { owner: "o", repo: `r${n}` })),
    );
    expect(answers.every((answer, n) => answer.includes(`of-r${n}`))).toBe(true);
    const served = github.requests.filter(({ status }) => status === 200);
    const order = served.map(({ path }) => Number(/r(\d+)\/branches$/.exec(path)?.[1]));
    expect(new Set(order).size).toBe(200);
    const displaced = order.map((n, place) => Math.abs(n - place));
    expect(Math.max(...displaced)).toBeLessThan(20);
  }, 60_000);

  test("reads are on their way ten at a time", async () => {
    const { client, github } = await open({ routes: [branches] });
    const calls = Array.from({ length: 12 }, (_, n) => n);
    const ten = Promise.withResolvers<void>();
    let running = 0;
    let most = 0;
    const counted = async () => {
      most = Math.max(most, ++running);
      if (running === 10) ten.resolve();
      await ten.promise;
      running--;
      return json([]);
    };
    github.instead.push(...calls.map(() => counted));
    await Promise.all(
      calls.map((n) => call(client, "list_branches", { owner: "o", repo: `r${n}` })),
    );
    expect(most).toBe(10);
  });

  test("a limit that is spent for long is said at once, with when to come back", async () => {
    const { client, github } = await open({ routes: [branches], limits: { perHour: 1 } });
    await call(client, "list_branches", { owner: "o", repo: "a" });
    const said = await refusal(client, "list_branches", { owner: "o", repo: "b" });
    expect(said).toMatch(/^GitHub's rate limit is reached; try again in \d+ s\.$/);
    expect(github.requests).toHaveLength(2);
  });

  test("what comes while such a limit lasts is told so too, and GitHub is not asked", async () => {
    const users = { one: { login: "ada" }, two: { login: "bob" } };
    const { client, github } = await open({ routes: [branches], users, token: "one" });
    const ask = (repo: string) => refusal(client, "list_branches", { owner: "o", repo });
    github.instead.push(() => refuse(429, "Slow down", {}, { "retry-after": "45" }));
    expect(await ask("a")).toBe("GitHub's rate limit is reached; try again in 45 s.");
    const said = await Promise.all(["b", "c", "d"].map(ask));
    for (const one of said) expect(one).toMatch(/limit is reached; try again in 4\d s\.$/);
    expect(github.requests).toHaveLength(1);
    const other = await clientOn(github, { token: "two" });
    expect(await call(other, "list_branches", { owner: "o", repo: "a" })).toContain("of-a");
  });

  test("a secondary limit that only words tell of is one all the same", async () => {
    const { client, github } = await open({ routes: [branches] });
    github.instead.push(() => refuse(403, "You have exceeded a secondary rate limit."));
    const said = await refusal(client, "list_branches", { owner: "o", repo: "a" });
    expect(said).toBe("GitHub's rate limit is reached; try again in 60 s.");
  });

  test("a short limit is waited for, also by what changes something", async () => {
    const { client, github } = await open({ routes: [branches] });
    const wait = { "retry-after": "0" };
    github.instead.push(() => refuse(429, "Slow down", {}, wait));
    github.instead.push(() => refuse(403, "Slow down", {}, wait));
    expect(await call(client, "list_branches", { owner: "o", repo: "a" })).toContain("of-a");
    expect(github.requests.map(({ status }) => status)).toEqual([429, 403, 200]);
  });
});

describe("GH10: a kept answer", () => {
  test("is asked for again only by its ETag, which costs nothing of the limit", async () => {
    const { client, github } = await open({ routes: [branches], limits: { perHour: 2 } });
    const args = { owner: "o", repo: "a" };
    const first = await structured(client, "list_branches", args);
    expect(await structured(client, "list_branches", args)).toEqual(first);
    for (let n = 0; n < 3; n++) await call(client, "list_branches", args);
    expect(github.requests.map(({ status }) => status)).toEqual([200, 304, 304, 304, 304]);
  });

  test("is never another token's, nor asked for by another's ETag", async () => {
    const users = { ada: { login: "ada" }, bob: { login: "bob" } };
    await using github = await fakeGitHub({ routes: [branches], users });
    const api = openApi({
      addresses: parseHost(github.url, "GITHUB_HOST"),
      credentials: { for: async (owner) => tokenOf(owner ?? "ada") },
      allowed: everything,
      granted: new Granted(),
      userAgent: "test",
    });
    const whoIs = async (owner: string) => {
      const { rest } = await api.as(owner, new AbortController().signal);
      return (await rest.users.getAuthenticated()).data.login;
    };
    const said = [await whoIs("ada"), await whoIs("bob"), await whoIs("ada"), await whoIs("bob")];
    expect(said).toEqual(["ada", "bob", "ada", "bob"]);
    const asked = github.requests.map(({ headers, status }) => [headers["if-none-match"], status]);
    const etag = expect.any(String);
    expect(asked).toEqual([
      [undefined, 200],
      [undefined, 200],
      [etag, 304],
      [etag, 304],
    ]);
  });
});

test("a call that is cancelled closes its connection to GitHub, and the next one is served", async () => {
  const { client, github } = await open({ routes: [branches] });
  const asked = Promise.withResolvers<void>();
  const left = Promise.withResolvers<void>();
  github.instead.push(({ gone }) => {
    gone.addEventListener("abort", () => left.resolve());
    asked.resolve();
    return new Promise(() => {});
  });
  const cancel = new AbortController();
  const args = { owner: "o", repo: "a" };
  const calling = client.callTool("list_branches", args, { signal: cancel.signal });
  await asked.promise;
  cancel.abort();
  await expect(calling).rejects.toThrow();
  await left.promise;
  expect(await call(client, "list_branches", args)).toContain("of-a");
});
