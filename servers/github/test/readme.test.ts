import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { addressInReadme, codeBlocks, openStdio, structured } from "@portico/testing-servers";
import { expect, test } from "vitest";
import { fakeGitHub } from "./fake/github.ts";
import { generated, readmePath } from "./support/readme.ts";
import { anything } from "./support/rest.ts";
import { binary } from "./support/servers.ts";

const readme = fs.readFileSync(readmePath, "utf8");
const entries = codeBlocks(readme, "json").map((block) => JSON.parse(block).mcpServers?.github);

test("the README has the tools and differences of the code", () => {
  expect(readme).toBe(generated(readme));
});

test("the host entry of the README starts a server that works", async () => {
  await using github = await fakeGitHub({ routes: [anything] });
  const [{ command, args, env }] = entries;
  expect([command, ...args]).toEqual(["npx", "-y", "@portico/server-github"]);
  expect(Object.keys(env)).toEqual(["GITHUB_PERSONAL_ACCESS_TOKEN"]);
  const given = { GITHUB_PERSONAL_ACCESS_TOKEN: "good", GITHUB_HOST: github.url };
  const client = await openStdio([binary], { env: given });
  expect(await structured(client, "get_me")).toMatchObject({ login: "octocat" });
});

test("the server of the README for the network is where its host entry says", async () => {
  expect(entries[2]).toEqual({ type: "http", url: await addressInReadme(readme, binary) });
});

test("the settings of the README are those of the program, and all of them", () => {
  const { stdout } = spawnSync(process.execPath, [binary, "--help"], { encoding: "utf8" });
  const settings = readme.slice(readme.indexOf("## Who acts"), readme.indexOf("<!-- tools -->"));
  const named = new Set(settings.match(/--[a-z][a-z-]+|\b(?:GITHUB|GH)_[A-Z_]+/g));
  for (const name of named) expect(stdout).toContain(name);
  const own = stdout.match(/\b(?:GITHUB|GH)_[A-Z_]+/g) ?? [];
  expect(own.length).toBeGreaterThan(20);
  for (const name of own) expect(settings).toContain(name);
});
