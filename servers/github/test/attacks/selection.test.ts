import type { Client } from "@portico/core";
import { connect, httpClient } from "@portico/core";
import { serveHttp } from "@portico/core/node";
import { call, refusal, structured } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { parseHost } from "../../src/api/base.ts";
import { tokenCredentials } from "../../src/auth/credential.ts";
import type { Deps } from "../../src/deps.ts";
import { selectionOf, type Wanted } from "../../src/selection.ts";
import { gitHub } from "../../src/server.ts";
import { isLocked } from "../../src/tools/offer/caller.ts";
import { fakeGitHub } from "../fake/github.ts";
import { anything } from "../support/rest.ts";
import { open } from "../support/servers.ts";

const place = { owner: "octo", repo: "site" };

const listed = async (client: Client) => (await client.listTools()).map(({ name }) => name);

const offering = (wanted: Wanted) =>
  open({ routes: [anything], settings: { selection: selectionOf(wanted) } });

const unknown = { code: -32602 };

describe("what is offered", () => {
  test("is the usual toolsets, and older names without listing them", async () => {
    const { client } = await offering({});
    const names = await listed(client);
    expect(names).toContain("issue_write");
    expect(names).not.toContain("create_issue");
    expect(names).not.toContain("list_gists");
    await expect(client.callTool("list_gists", {})).rejects.toMatchObject(unknown);
    expect(await refusal(client, "get_issue", { ...place, issue_number: 1 })).not.toBe("");
  });

  test("is single tools beside toolsets, without those that are excluded", async () => {
    const wanted = { toolsets: ["context"], tools: ["list_branches"], excluded: ["get_teams"] };
    const { client } = await offering(wanted);
    expect(await listed(client)).toEqual(["get_me", "get_team_members", "list_branches"]);
    expect(await call(client, "list_branches", place)).toContain("main");
    await expect(client.callTool("get_teams", {})).rejects.toMatchObject(unknown);
  });

  test("are older names, too, once they are asked for", async () => {
    const { client } = await offering({ toolsets: ["archived"] });
    expect(await listed(client)).toContain("create_issue");
    expect(await listed(client)).not.toContain("issue_write");
  });

  test("is less once GitHub says which scopes the token has, and a call says which is missing", async () => {
    const users = { good: { login: "octocat", scopes: "repo" } };
    const { client } = await open({ routes: [anything], users });
    const before = await listed(client);
    expect(before).toContain("get_teams");
    const changes = await client.subscribe({ tools: true });
    await call(client, "get_me");
    expect(await changes.next()).toMatchObject({ value: { kind: "list", list: "tools" } });
    const after = await listed(client);
    expect(after).not.toContain("get_teams");
    expect(after).toContain("list_branches");
    expect(await refusal(client, "get_teams")).toBe(
      "The token lacks the scope read:org; add it at https://github.com/settings/tokens.",
    );
  });
});

describe("dynamic toolsets", () => {
  test("begin with three tools, and a session enables more for itself", async () => {
    const { client } = await offering({ dynamic: true });
    expect(await listed(client)).toEqual([
      "list_available_toolsets",
      "get_toolset_tools",
      "enable_toolset",
    ]);
    await expect(client.callTool("get_me", {})).rejects.toMatchObject(unknown);
    const { toolsets } = await structured<{ toolsets: object[] }>(
      client,
      "list_available_toolsets",
    );
    expect(toolsets).toContainEqual(expect.objectContaining({ name: "context", enabled: false }));
    const named = await structured(client, "get_toolset_tools", { toolset: "context" });
    expect(named).toMatchObject({ tools: [{ name: "get_me" }, {}, {}] });
    await structured(client, "enable_toolset", { toolset: "context" });
    expect(await listed(client)).toContain("get_me");
    expect(await structured(client, "get_me")).toMatchObject({ login: "octocat" });
  });

  test("enable nothing the operator excluded, and nothing that writes when it only reads", async () => {
    const { client } = await offering({ dynamic: true, readOnly: true, excluded: ["get_me"] });
    for (const toolset of ["context", "issues"]) {
      await structured(client, "enable_toolset", { toolset });
    }
    const names = await listed(client);
    expect(names).toContain("issue_read");
    expect(names).not.toContain("issue_write");
    expect(names).not.toContain("get_me");
    await expect(client.callTool("issue_write", {})).rejects.toMatchObject(unknown);
  });
});

describe("GH4: reading only", () => {
  test("leaves only tools that change nothing, by whatever name", async () => {
    const { client, github } = await offering({ toolsets: ["all", "archived"], readOnly: true });
    const tools = await client.listTools();
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true)).toEqual([]);
    for (const name of ["create_issue", "issue_write", "merge_pull_request", "update_issue"]) {
      await expect(client.callTool(name, place)).rejects.toMatchObject(unknown);
    }
    expect(github.requests).toEqual([]);
  });

  test("and excluding hold for the older name of a tool as for its own", async () => {
    const { client } = await offering({ toolsets: ["all"], excluded: ["issue_write"] });
    await expect(client.callTool("create_issue", place)).rejects.toMatchObject(unknown);
    const { client: other } = await offering({ toolsets: ["actions"] });
    await expect(other.callTool("create_issue", place)).rejects.toMatchObject(unknown);
  });
});

describe("GH4: a header", () => {
  const offered = async (wanted: Wanted, headers: Record<string, string>, isLocked = false) => {
    const github = await fakeGitHub({ routes: [anything] });
    const server = gitHub({
      addresses: parseHost(github.url, "GITHUB_HOST"),
      credentials: tokenCredentials("good"),
      selection: selectionOf(wanted),
      isLocked,
    });
    const served = await serveHttp(server);
    const clientInfo = { name: "test", version: "1.0.0" };
    const client = await connect(httpClient(served.url, { headers }), { clientInfo });
    onTestFinished(async () => {
      await client.close();
      await served.close();
      await github[Symbol.asyncDispose]();
    });
    return client;
  };

  test("narrows what is offered: toolsets, tools, without some, only reading", async () => {
    const some = await offered({}, { "X-MCP-Toolsets": "context, users" });
    expect(await listed(some)).toEqual(["get_me", "get_teams", "get_team_members", "search_users"]);
    const one = await offered({}, { "X-MCP-Tools": "get_me" });
    expect(await listed(one)).toEqual(["get_me"]);
    await expect(one.callTool("list_branches", place)).rejects.toMatchObject(unknown);
    const without = await offered({}, { "X-MCP-Exclude-Tools": "get_me" });
    expect(await listed(without)).not.toContain("get_me");
    const reading = await offered({}, { "X-MCP-Readonly": "true" });
    expect(await listed(reading)).not.toContain("issue_write");
    await expect(reading.callTool("create_issue", place)).rejects.toMatchObject(unknown);
  });

  test("relaxes nothing the operator set", async () => {
    const wanted = { toolsets: ["context", "issues"], readOnly: true, excluded: ["get_me"] };
    const client = await offered(wanted, {
      "X-MCP-Toolsets": "all",
      "X-MCP-Tools": "get_me,issue_write,list_gists",
      "X-MCP-Readonly": "false",
      "X-MCP-Lockdown": "false",
      "X-MCP-Exclude-Tools": "",
    });
    const names = await listed(client);
    expect(names).toContain("issue_read");
    for (const name of ["get_me", "issue_write", "list_gists", "list_branches"]) {
      expect(names).not.toContain(name);
      await expect(client.callTool(name, place)).rejects.toMatchObject(unknown);
    }
  });

  test("that names only what there is not leaves nothing", async () => {
    expect(await listed(await offered({}, { "X-MCP-Toolsets": "nonsense" }))).toEqual([]);
    expect(await listed(await offered({}, { "X-MCP-Toolsets": "" }))).toEqual([]);
  });
});

test.each([
  [true, "false", true],
  [true, undefined, true],
  [false, "true", true],
  [false, "nonsense", false],
  [false, undefined, false],
])("GH4: lockdown that the operator has as %s and a header as %s is %s", (operator, header, is) => {
  const ctx = { deps: { isLocked: operator } as Deps, header: () => header };
  expect(isLocked(ctx)).toBe(is);
});
