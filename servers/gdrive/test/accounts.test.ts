import { call, refusal, structured } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { accountsOf, open } from "./support/servers.ts";

const two = { tokens: { good: "ada", other: "bob" } };

describe("accounts", () => {
  test("are an argument only where there are several", async () => {
    const { client: one } = await open();
    const [search] = await one.listTools();
    expect(search?.inputSchema.properties).not.toHaveProperty("account");
    const { client: several } = await open({ accounts: accountsOf({ home: "good", work: "x" }) });
    for (const { inputSchema } of await several.listTools()) {
      expect(inputSchema.properties?.account).toMatchObject({ enum: ["home", "work"] });
    }
  });

  test("each see their own files", async () => {
    const accounts = accountsOf({ home: "good", work: "other" });
    const { client, fake } = await open({ accounts, fake: two });
    fake.store.put({ name: "tea hers", users: ["ada"] });
    fake.store.put({ name: "tea his", users: ["bob"] });
    expect(await call(client, "search", { query: "tea" })).toContain("tea hers");
    const his = await call(client, "search", { query: "tea", account: "work" });
    expect(his).toContain("tea his");
    expect(his).not.toContain("tea hers");
  });

  test("say whose they are and what they may do", async () => {
    const accounts = accountsOf({ default: "good" }, ["drive"]);
    const { client } = await open({ accounts });
    expect(await structured(client, "get_account")).toEqual({
      account: "default",
      email: "ada@example.com",
      name: "ada",
      used_bytes: 1024,
      limit_bytes: 16_106_127_360,
      scopes: ["https://www.googleapis.com/auth/drive"],
    });
  });

  test("nobody has are said to be missing by each call; tools are listed all the same", async () => {
    const { client } = await open({ accounts: accountsOf({}) });
    expect((await client.listTools()).length).toBeGreaterThan(5);
    expect(await refusal(client, "search", { query: "x" })).toContain("There is no account");
  });
});

describe("GD10: a token's scopes", () => {
  test("hide the tools they do not suffice for", async () => {
    const accounts = accountsOf({ default: "good" }, ["drive.readonly"]);
    const { client } = await open({ accounts, toolsets: ["files", "sharing", "docs", "sheets"] });
    const tools = await client.listTools();
    expect(tools.map(({ name }) => name)).toContain("search");
    for (const { name, annotations } of tools) {
      expect([name, annotations?.readOnlyHint]).toEqual([name, true]);
    }
  });

  test("show what one of several accounts may do", async () => {
    const { client } = await open({ accounts: accountsOf({ default: "good" }, ["drive"]) });
    const names = (await client.listTools()).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(6);
  });

  test("that do not suffice for anything leave no tool, and its name is unknown", async () => {
    const { client } = await open({ accounts: accountsOf({ default: "good" }, ["calendar"]) });
    expect(await client.listTools()).toEqual([]);
    await expect(client.callTool("search", { query: "x" })).rejects.toThrow("Unknown tool");
  });

  test("Google refuses to suffice are a sentence that says how to allow more", async () => {
    const { client, fake } = await open();
    fake.instead.push(() => ({
      status: 403,
      body: {
        error: {
          code: 403,
          message: "Request had insufficient authentication scopes.",
          details: [{ reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT" }],
        },
      },
    }));
    expect(await refusal(client, "search", { query: "x" })).toBe(
      "The account did not allow this; sign in again with `portico-gdrive auth` and allow it.",
    );
  });
});

test("a token that is refused is renewed once, without the model noticing", async () => {
  const tokens = ["stale", "good"];
  const account = {
    name: "default",
    accessToken: async () => tokens[0]!,
    refused: () => void tokens.shift(),
    grantedScopes: async () => undefined,
  };
  const accounts = { names: async () => ["default"], get: async () => account };
  const { client, fake } = await open({ accounts });
  expect(await structured(client, "search", { query: "x" })).toEqual({ files: [] });
  expect(fake.requests.map(({ headers }) => headers.authorization)).toEqual([
    "Bearer stale",
    "Bearer good",
  ]);
});
