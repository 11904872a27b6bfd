import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect, httpClient } from "@portico/core";
import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { call, notes } from "./support/calls.ts";
import { binary, listen, openBinary } from "./support/processes.ts";
import { generated, readmePath } from "./support/readme.ts";

const readme = fs.readFileSync(readmePath, "utf8");

/** The code blocks of a language, without comments. */
function blocks(language: string): string[] {
  const found = readme.matchAll(new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``, "g"));
  return [...found].map(([, code]) => (code as string).replace(/^\/\/.*$/gm, ""));
}

const [stdio, network, config, tools] = blocks("json").map((text) => JSON.parse(text));

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  await database.run(`
    CREATE TABLE orders (id int PRIMARY KEY, user_id int, total numeric(12, 2));
    INSERT INTO orders VALUES (1, 7, 100), (2, 7, 99.90), (3, 8, 250.5);
    CREATE TABLE users (id int, email text);
    INSERT INTO users VALUES (7, 'ann@example.com');
  `);
});

/** Writes a file that is there for one test. */
function written(content: unknown): string {
  const folder = fs.mkdtempSync(path.join(tmpdir(), "portico-readme-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true }));
  const file = path.join(folder, "file.json");
  fs.writeFileSync(file, JSON.stringify(content));
  return file;
}

async function open(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const client = await openBinary(args, { env });
  onTestFinished(() => client.close());
  return client;
}

test("the README has the tools and differences of the code", async () => {
  expect(readme).toBe(await generated(readme));
});

test("the host entry of the README starts a server on the database of its environment", async () => {
  const { command, args, env } = stdio.mcpServers.postgres;
  expect([command, ...args]).toEqual(["npx", "-y", "@portico/server-postgres"]);
  expect(Object.keys(env)).toEqual(["DATABASE_URL"]);
  const client = await open([], { DATABASE_URL: database.url() });
  expect(await call(client, "query", { sql: "SELECT 1 AS one" })).toContain('"one": 1');
});

test("the server of the README for the network is where its host entry says", async () => {
  const command = (blocks("sh")[0] as string).trim().replace("3000", "0").split(" ");
  expect(command.slice(0, 2)).toEqual(["npx", "@portico/server-postgres"]);
  const server = await listen(command.slice(2));
  onTestFinished(async () => void (await server.stop()));
  const { url, type } = network.mcpServers.postgres;
  expect({ type, url }).toEqual({ type: "http", url: server.url.replace(/:\d+\//, ":3000/") });
  const clientInfo = { name: "test", version: "1.0.0" };
  const client = await connect(httpClient(server.url), { clientInfo });
  onTestFinished(() => client.close());
  expect((await client.listTools()).length).toBeGreaterThan(10);
});

test("the configuration file of the README is understood", async () => {
  const named = (name: string) => `${name}=${database.url()}`;
  const client = await open([
    "--config",
    written({ ...config, database: ["shop", "stock"].map(named) }),
  ]);
  const [query] = await client.listTools();
  expect(query?.inputSchema.properties).toMatchObject({ database: { enum: ["shop", "stock"] } });
  expect(await call(client, "query", { sql: "SELECT email FROM users" })).toContain("a***@");
  const names = (config.database as string[]).map((text) => text.split("=")[0]);
  expect(names).toEqual(["shop", "stock"]);
});

test("the file of tools of the README makes a tool", async () => {
  const client = await open(["--tools-file", written(tools), database.url()]);
  expect(JSON.parse(await call(client, "orders_of", { user: 7 }))).toEqual([
    { id: 2, total: "99.90" },
    { id: 1, total: "100.00" },
  ]);
});

test("the calls of the README work one after the other", async () => {
  const client = await open([database.url()]);
  const [table, paged, explained] = JSON.parse(
    `[${(blocks("jsonc")[0] as string).trim().replaceAll(/\n\s*\n/g, ",")}]`,
  );
  expect(await call(client, table.name, table.arguments)).toBe(
    "| id | total |\n| --- | --- |\n| 1 | 100.00 |\n| 3 | 250.50 |",
  );
  const [, cursor] = /cursor "(.+?)"/.exec(await notes(client, paged.name, paged.arguments)) ?? [];
  expect(JSON.parse(await call(client, "query", { cursor }))).toHaveLength(1);
  expect(await call(client, explained.name, explained.arguments)).toMatch(/orders/);
});

test("the settings of the README are those of the program", async () => {
  const { stdout } = spawnSync(process.execPath, [binary, "--help"], { encoding: "utf8" });
  const [, settings] = readme.split("## Settings");
  const named = new Set(
    settings
      ?.split("### Connections")[0]
      ?.match(/--[a-z][a-z-]+|PORTICO_[A-Z_]+|(DATABASE|POSTGRES)_[A-Z_]+/g),
  );
  expect(named.size).toBeGreaterThan(30);
  for (const name of named) expect(stdout).toContain(name);
});
