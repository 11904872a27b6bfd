import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { addressInReadme, codeBlocks } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { fakeBrave } from "./fake/brave.ts";
import { generated, readmePath } from "./support/readme.ts";
import { binary, openBinary } from "./support/servers.ts";

const readme = fs.readFileSync(readmePath, "utf8");
const entries = codeBlocks(readme, "json").map(
  (block) => JSON.parse(block).mcpServers["brave-search"],
);

test("the README has the tools and differences of the code", async () => {
  expect(readme).toBe(await generated(readme));
});

test("the host entry of the README starts a server that searches", async () => {
  await using brave = await fakeBrave({ "your key": { perSecond: 10, perMonth: 10 } });
  const [{ command, args, env }] = entries;
  expect([command, ...args]).toEqual(["npx", "-y", "@portico/server-brave-search"]);
  const keys = await openBinary({ ...env, BRAVE_API_KEY: "your-key", BRAVE_API_URL: brave.url });
  expect(await keys.listTools()).toHaveLength(8);
  expect(Object.keys(env)).toEqual(["BRAVE_API_KEY"]);
});

test("the server of the README for the network is where its host entry says", async () => {
  expect(entries[2]).toEqual({ type: "http", url: await addressInReadme(readme, binary) });
});

test("the settings of the README are those of the program", () => {
  const { stdout } = spawnSync(process.execPath, [binary, "--help"], { encoding: "utf8" });
  const [, settings] = readme.split("## Settings");
  const table = settings?.split("`BRAVE_MCP_STATELESS`")[0];
  const named = new Set(table?.match(/--[a-z][a-z-]+|BRAVE_[A-Z_]+/g));
  expect(named.size).toBeGreaterThan(15);
  for (const name of named) expect(stdout).toContain(name);
});
