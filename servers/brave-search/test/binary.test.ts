import { spawnSync } from "node:child_process";
import path from "node:path";
import { REVISIONS } from "@portico/core";
import { call, openRemote, refusal, scratch } from "@portico/testing-servers";
import { describe, expect, test } from "vitest";
import { fakeBrave } from "./fake/brave.ts";
import { binary, openArchived, openBinary } from "./support/servers.ts";

const search = { query: "tea", count: 1 };

describe.each(REVISIONS)("the binary with revision %s", (revision) => {
  test("searches over stdio and over HTTP", async () => {
    await using brave = await fakeBrave();
    const env = { BRAVE_API_KEY: "good", BRAVE_API_URL: brave.url };
    const near = await openBinary(env, [], { revision });
    expect(await call(near, "brave_web_search", search)).toContain("Title: tea 1");
    const far = await openRemote([binary], "http", { env, revision });
    expect(await call(far, "brave_news_search", search)).toContain("Title: News 1");
  });
});

test("the archived server's calls get the archived server's text, and the rest after it", async () => {
  await using brave = await fakeBrave();
  const env = { BRAVE_API_KEY: "good", BRAVE_API_URL: brave.url };
  const ours = await openBinary(env);
  for (const args of [{ query: "tea" }, { query: "green tea", count: 3 }]) {
    const [text] = (await ours.callTool("brave_web_search", args)).content;
    // It refuses a second call within a second, so each is made of a new one.
    const theirs = await call(await openArchived(brave), "brave_web_search", args);
    const said = text?.type === "text" ? text.text : "";
    expect(said.startsWith(theirs)).toBe(true);
    expect(said.slice(theirs.length)).toMatch(/^(\n\nNext page: offset 1)?$/);
  }
});

test("a plan's limit does not fail the second call, as it did the archived server's", async () => {
  await using brave = await fakeBrave();
  const archived = await openArchived(brave);
  await call(archived, "brave_web_search", search);
  expect(await refusal(archived, "brave_web_search", search)).toContain("Rate limit exceeded");
  const ours = await openBinary({ BRAVE_API_KEY: "good", BRAVE_API_URL: brave.url });
  const queries = ["a", "b", "c"].map((query) =>
    call(ours, "brave_web_search", { query, count: 1 }),
  );
  expect((await Promise.all(queries)).join()).toContain("Title: c 1");
});

test("keys come from a file before they come from a variable", async () => {
  await using brave = await fakeBrave();
  const dir = scratch({ key: "good\n" });
  const file = path.join(dir, "key");
  const env = { BRAVE_API_KEY: "wrong", BRAVE_API_KEY_FILE: file, BRAVE_API_URL: brave.url };
  expect(await call(await openBinary(env), "brave_web_search", search)).toContain("tea 1");
});

test("the variables of the official server do what they did", async () => {
  await using brave = await fakeBrave();
  const env = {
    BRAVE_API_KEY: "good",
    BRAVE_API_URL: brave.url,
    BRAVE_MCP_ENABLED_TOOLS: "brave_web_search brave_news_search",
  };
  const tools = await (await openBinary(env)).listTools();
  expect(tools.map(({ name }) => name)).toEqual(["brave_web_search", "brave_news_search"]);
});

test.each([
  [
    ["--brave-api-key-file", "/nowhere/key"],
    'The key file "/nowhere/key" cannot be read (ENOENT).',
  ],
  [
    ["--brave-api-url", "http://brave.example/"],
    "--brave-api-url must be an address that begins with https://.",
  ],
])("%j is refused with the corrected line", (args, says) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...args], {
    encoding: "utf8",
    input: "",
    env: { PATH: process.env.PATH },
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toContain(says);
});

test("without a key it starts, lists its tools, and each call says how to get one", async () => {
  const client = await openBinary({});
  expect(await client.listTools()).toHaveLength(8);
  expect(await refusal(client, "brave_web_search", search)).toContain(
    "https://brave.com/search/api/",
  );
});
