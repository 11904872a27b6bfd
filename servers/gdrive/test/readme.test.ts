import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { addressInReadme, call, codeBlocks } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { fakeDrive } from "./fake/drive.ts";
import { binary, openBinary, signedIn } from "./support/binary.ts";
import { generated, readmePath } from "./support/readme.ts";

const readme = fs.readFileSync(readmePath, "utf8");
const entries = codeBlocks(readme, "json").map((block) => JSON.parse(block).mcpServers.gdrive);

test("the README has the tools and differences of the code", async () => {
  expect(readme).toBe(await generated(readme));
});

test("the host entry of the README starts a server that searches", async () => {
  await using fake = await fakeDrive();
  const [{ command, args, env }] = entries;
  expect([command, ...args]).toEqual(["npx", "-y", "@portico/server-gdrive"]);
  const client = await openBinary({ ...env, ...signedIn(fake.url) });
  expect(await call(client, "search", { query: "tea" })).toContain("Found 0 files");
});

test("the server of the README for the network is where its host entry says", async () => {
  expect(entries[1]).toEqual({ type: "http", url: await addressInReadme(readme, binary) });
});

test("the settings of the README are those of the program", () => {
  const { stdout } = spawnSync(process.execPath, [binary, "--help"], { encoding: "utf8" });
  const [, settings] = readme.split("## Settings");
  const [table] = settings?.split("The names of other servers") ?? [];
  const named = new Set(table?.match(/--[a-z][a-z-]+|(?:GDRIVE|GOOGLE)_[A-Z_]+[A-Z]/g));
  expect(named.size).toBeGreaterThan(40);
  for (const name of named) expect(stdout).toContain(name.replace("--no-", "--"));
  const own = stdout.match(/^ {2}--[a-z-]+(?=.*\n(?: {6}.*\n)*.*GDRIVE_)/gm) ?? [];
  for (const flag of own)
    expect(table).toContain(flag.trim().replace("--resources", "--no-resources"));
});
