import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { connect, httpClient } from "@portico/core";
import { call, codeBlocks, listen, scratch } from "@portico/testing-servers";
import { expect, onTestFinished, test } from "vitest";
import { generated, readmePath } from "./support/readme.ts";
import { binary, openBinary } from "./support/servers.ts";

const readme = fs.readFileSync(readmePath, "utf8");

const entries = codeBlocks(readme, "json").map((block) => JSON.parse(block).mcpServers.memory);

test("the README has the tools and differences of the code", async () => {
  expect(readme).toBe(await generated(readme));
});

test("the host entry of the README starts a server that remembers in the data folder", async () => {
  const home = scratch();
  const [{ command, args }] = entries;
  const [flag, name, ...rest] = args;
  expect([command, flag, name]).toEqual(["npx", "-y", "@portico/server-memory"]);
  const client = await openBinary(rest, { env: { HOME: home, XDG_DATA_HOME: home } });
  onTestFinished(() => client.close());
  await call(client, "read_graph");
  expect(fs.existsSync(path.join(home, "portico", "memory.db"))).toBe(true);
});

test("the entry for containers keeps the file on the volume", () => {
  const { args } = entries[1];
  const [, volume] = /^[\w-]+:(\/\w+)$/.exec(args[args.indexOf("-v") + 1]) ?? [];
  expect(args[args.indexOf("-e") + 1]).toBe(`MEMORY_FILE_PATH=${volume}/memory.db`);
  expect(args.slice(-3)).toEqual(["npx", "-y", "@portico/server-memory"]);
});

test("the entry of those who come from the official server takes their file over", async () => {
  const line = { type: "entity", name: "Ada", entityType: "person", observations: ["sings"] };
  const dir = scratch({ "memory.jsonl": JSON.stringify(line) });
  const { MEMORY_FILE_PATH } = entries[2].env;
  expect(path.basename(MEMORY_FILE_PATH)).toBe("memory.jsonl");
  const env = { MEMORY_FILE_PATH: path.join(dir, "memory.jsonl") };
  const client = await openBinary([], { env });
  onTestFinished(() => client.close());
  expect(await call(client, "search_nodes", { query: "Ada" })).toContain("sings");
});

test("the server of the README for the network is where its host entry says", async () => {
  const home = scratch();
  const command = (codeBlocks(readme, "sh")[0] as string).trim().replace("3000", "0").split(" ");
  expect(command.slice(0, 2)).toEqual(["npx", "@portico/server-memory"]);
  const env = { HOME: home, XDG_DATA_HOME: home };
  const server = await listen([binary, ...command.slice(2)], env);
  onTestFinished(async () => void (await server.stop()));
  const { port } = new URL(server.url);
  const { url, ...entry } = entries[3];
  expect({ ...entry, url: url.replace("3000", port) }).toEqual({ type: "http", url: server.url });
  const client = await connect(httpClient(server.url), {
    clientInfo: { name: "test", version: "1.0.0" },
  });
  onTestFinished(() => client.close());
  await call(client, "read_graph");
});

test("the calls of the README work one after the other", async () => {
  const client = await openBinary(["--file", path.join(scratch(), "memory.db")]);
  onTestFinished(() => client.close());
  const calls = JSON.parse(
    `[${(codeBlocks(readme, "jsonc")[0] as string).trim().replaceAll(/\n\s*\n/g, ",")}]`,
  );
  const answers: string[] = [];
  for (const { name, arguments: args } of calls) answers.push(await call(client, name, args));
  expect(answers[2]).toContain("**compilers**");
  expect(answers[3]).toContain("prefers tea");
  expect(answers[5]).toContain("Ada");
});

test("what the README says of export and import on the command line works", async () => {
  const dir = scratch();
  const file = path.join(dir, "memory.db");
  const client = await openBinary(["--file", file]);
  await call(client, "create_entities", {
    entities: [{ name: "Ada", entityType: "person", observations: ["sings"] }],
  });
  await client.close();
  const commands = codeBlocks(readme, "sh").flatMap((block) => block.trim().split("\n"));
  const transfers = commands.filter((line) => /--(export|import) /.test(line));
  expect(transfers).toHaveLength(3);
  for (const line of transfers) {
    const [npx, name, ...args] = line.split(" | ")[0]?.split(" ") ?? [];
    expect([npx, name]).toEqual(["npx", "@portico/server-memory"]);
    const all = [binary, "--file", file, ...args];
    const { status } = spawnSync(process.execPath, all, { cwd: dir, input: "" });
    expect([line, status]).toEqual([line, 0]);
  }
  expect(fs.readFileSync(path.join(dir, "notes.md"), "utf8")).toContain("## Ada");
});

test("the service for embeddings of the README is one the server takes", async () => {
  const block = codeBlocks(readme, "sh").find((one) => one.includes("--embeddings-url")) ?? "";
  const [, ...args] =
    block.replace("\\\n", " ").split("@portico/server-memory")[1]?.trim().split(/\s+/) ?? [];
  const client = await openBinary([
    "--embeddings-url",
    ...args,
    "--file",
    path.join(scratch(), "a.db"),
  ]);
  onTestFinished(() => client.close());
  expect(await client.listTools()).not.toHaveLength(0);
});

test("the settings of the README are those of the program", () => {
  const { stdout } = spawnSync(process.execPath, [binary, "--help"], { encoding: "utf8" });
  const [, settings] = readme.split("## Settings");
  const named = new Set(
    settings?.split("## Tools")[0]?.match(/--[a-z][a-z-]+|(?:PORTICO|MEMORY)_[A-Z_]+/g),
  );
  expect(named.size).toBeGreaterThan(15);
  for (const name of named) expect(stdout).toContain(name);
});
