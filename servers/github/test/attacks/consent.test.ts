import { accept, decline } from "@portico/core/testing";
import { call, refusal } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { json, nothing } from "../fake/answers.ts";
import type { FakeRoutes } from "../fake/github.ts";
import { inPlace, privatePlace, publicPlace } from "../fake/places.ts";
import { anything } from "../support/rest.ts";
import { type OpenOptions, open } from "../support/servers.ts";

const site = { owner: "octo", repo: "site" };
const other = { owner: "octo", repo: "other" };
const diary = { owner: "octocat", repo: "diary" };

const routes: FakeRoutes = {
  ...anything,
  "DELETE /repos/:owner/:repo": () => nothing,
  "GET /repos/:owner/:repo/labels": inPlace(() => json([])),
  "POST /repos/:owner/:repo/issues/:number/comments": ({ user }) =>
    json({ id: 1, html_url: "https://github.com/x", user: { login: user.login } }, 201),
  "POST /gists": () => json({ id: "g", html_url: "https://gist.github.com/g" }, 201),
};

async function start(options: Partial<OpenOptions> = {}) {
  const users = { good: { login: "octocat", scopes: "repo, delete_repo, gist, read:org" } };
  const opened = await open({ routes: [routes], users, ...options });
  const { world } = opened.github;
  for (const place of [publicPlace, { ...publicPlace, name: "other" }, privatePlace])
    world.add(place);
  return opened;
}

const written = ({ requests }: Awaited<ReturnType<typeof start>>["github"]) =>
  requests.filter(({ method }) => method !== "GET").map(({ method, path }) => `${method} ${path}`);

describe("GH9: what destroys", () => {
  test("happens once the user agreed", async () => {
    const asked: string[] = [];
    const answers = {
      confirm: ({ message }: { message: string }) => {
        asked.push(message);
        return accept();
      },
    };
    const { client, github } = await start({ client: { answers } });
    await call(client, "delete_repository", site);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain("octo/site");
    expect(written(github)).toEqual(["DELETE /repos/octo/site"]);
  });

  test.each([
    ["the user says no", { answers: { confirm: decline() } }, "did not agree"],
    ["nobody can be asked", {}, "this client cannot ask"],
  ])("does not when %s", async (_, client, says) => {
    const opened = await start({ client });
    expect(await refusal(opened.client, "delete_repository", site)).toContain(says);
    expect(written(opened.github)).toEqual([]);
  });

  test("happens unasked where the operator said so", async () => {
    const { client, github } = await start({ settings: { isUnattended: true } });
    await call(client, "delete_repository", site);
    expect(written(github)).toEqual(["DELETE /repos/octo/site"]);
  });
});

describe("GH1: a session that has read what strangers wrote and what is private", () => {
  const comment = { ...other, issue_number: 1, body: "see" };

  test("writes in public only when the user agrees, who sees what", async () => {
    const asked: string[] = [];
    const answers = {
      flow: ({ message }: { message: string }) => {
        asked.push(message);
        return decline();
      },
    };
    const { client, github } = await start({ client: { answers } });
    await call(client, "list_branches", site);
    await call(client, "list_branches", diary);
    expect(await refusal(client, "add_issue_comment", comment)).toContain("did not agree");
    expect(asked[0]).toContain("octo/other is public");
    expect(asked[0]).toContain("octocat/diary");
    expect(asked[0]).toContain('"body":"see"');
    expect(written(github)).toEqual([]);
  });

  test("is shown to the user with what no eye sees, and with how much did not fit", async () => {
    const asked: string[] = [];
    const answers = {
      flow: ({ message }: { message: string }) => {
        asked.push(message);
        return decline();
      },
    };
    const { client } = await start({ client: { answers } });
    await call(client, "list_branches", site);
    await call(client, "list_branches", diary);
    await refusal(client, "add_issue_comment", { ...comment, body: "a\u200b\u202e\u{e0041}b" });
    expect(asked[0]).toContain("a\\u{200b}\\u{202e}\\u{e0041}b");
    await refusal(client, "add_issue_comment", { ...comment, body: "x".repeat(5_000) });
    expect(asked[1]).toMatch(/x… \(and \d{4} characters more\)$/);
  });

  test("cannot write there where nobody can be asked, nor make a gist", async () => {
    const { client, github } = await start();
    await call(client, "list_branches", site);
    await call(client, "list_branches", diary);
    expect(await refusal(client, "add_issue_comment", comment)).toContain("cannot ask");
    const gist = { filename: "a.txt", content: "x", description: "d", public: true };
    expect(await refusal(client, "create_gist", gist)).toContain("Everybody can read");
    expect(written(github)).toEqual([]);
  });

  test("is asked even where the operator lets tools destroy unasked", async () => {
    const { client } = await start({ settings: { isUnattended: true } });
    await call(client, "list_branches", site);
    await call(client, "list_branches", diary);
    expect(await refusal(client, "add_issue_comment", comment)).toContain("octocat/diary");
  });

  test.each([
    ["it only read in public", [site], comment],
    ["it only read the private one", [diary], { ...comment, ...diary }],
    ["it writes to the private one", [site, diary], { ...comment, ...diary }],
    ["it read nothing else", [other], comment],
  ])("is not asked when %s", async (_, places, args) => {
    const { client, github } = await start();
    for (const place of places) await call(client, "list_branches", place);
    await call(client, "add_issue_comment", args);
    expect(written(github)).toHaveLength(1);
  });

  test("is another session than the next one", async () => {
    const { client } = await start();
    await call(client, "list_branches", site);
    await call(client, "list_branches", diary);
    const { client: next, github } = await start();
    await call(next, "add_issue_comment", comment);
    expect(written(github)).toHaveLength(1);
  });
});
