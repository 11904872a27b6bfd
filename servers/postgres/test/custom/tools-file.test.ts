import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, REVISIONS } from "@portico/core";
import { connect, type TestConnectOptions } from "@portico/core/testing";
import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { readConnections } from "../../src/connections.ts";
import { createDeps } from "../../src/create-deps.ts";
import { ToolsFile } from "../../src/custom/tools-file.ts";
import { openToolsFile } from "../../src/open-tools-file.ts";
import { postgres } from "../../src/server.ts";
import { call, refusal, structured } from "../support/calls.ts";
import { DEFAULTS } from "../support/server.ts";

const ORDERS = {
  name: "orders_of",
  description: "Orders of a user",
  sql: "SELECT id, what FROM orders WHERE user_id = $1 AND what = ANY ($2) ORDER BY id",
  parameters: [
    { name: "user", type: "integer", description: "Whose" },
    { name: "kinds", type: "string[]", default: ["book", "pen"] },
  ],
};

const ADD = {
  name: "add_order",
  description: "Add an order",
  write: true,
  sql: "INSERT INTO orders (user_id, what, facts) VALUES ($1, $2, $3) RETURNING id",
  parameters: [
    { name: "user", type: "integer" },
    { name: "what", type: "string", enum: ["book", "pen"] },
    { name: "facts", type: "json", required: false },
  ],
};

interface Opened {
  readonly client: Client;
  readonly warnings: string[];
  readonly warned: () => Promise<void>;
  readonly write: (text: string) => void;
}

async function opened(
  url: string,
  tools: readonly object[],
  {
    accessMode = "read-only",
    ...options
  }: TestConnectOptions & { accessMode?: "read-only" | "read-write" } = {},
): Promise<Opened> {
  const folder = mkdtempSync(join(tmpdir(), "tools-"));
  const path = join(folder, "tools.json");
  // As editors do: a new file takes the place of the old one.
  const write = (text: string) => {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  };
  write(JSON.stringify({ tools }));
  const warnings: string[] = [];
  let hear = () => {};
  const heard = new Promise<void>((resolve) => {
    hear = resolve;
  });
  const deps = createDeps(readConnections(url, [], {}), {
    ...DEFAULTS,
    transport: "stdio",
    "access-mode": accessMode,
  });
  const log = {
    warning: (sentence: string) => {
      warnings.push(sentence);
      hear();
    },
  };
  const server = postgres(deps, await openToolsFile(path, deps, log));
  const client = await connect(server, options);
  onTestFinished(async () => {
    await client.close();
    await server.close();
    rmSync(folder, { recursive: true });
  });
  return { client, warnings, warned: () => heard, write };
}

describe.each([15, 18] as const)("tools of a file on PostgreSQL %s", (version) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase(version);
    await database.run(`
      CREATE TABLE orders (id int GENERATED ALWAYS AS IDENTITY, user_id int, what text, facts jsonb);
      INSERT INTO orders (user_id, what) VALUES (1, 'book'), (1, 'pen'), (1, 'car'), (2, 'book')`);
  });

  test("are published with the schema of their parameters", async () => {
    const { client } = await opened(database.url(), [ORDERS]);
    const tool = (await client.listTools()).find(({ name }) => name === "orders_of");
    expect(tool).toMatchObject({
      description: "Orders of a user",
      inputSchema: {
        type: "object",
        properties: {
          user: { type: "integer", description: "Whose" },
          kinds: { type: "array", items: { type: "string" }, default: ["book", "pen"] },
        },
        required: ["user"],
        additionalProperties: false,
      },
      annotations: { readOnlyHint: true },
    });
  });

  test("bind what they are given, and their defaults", async () => {
    const { client } = await opened(database.url(), [ORDERS]);
    expect(JSON.parse(await call(client, "orders_of", { user: 1 }))).toEqual([
      { id: 1, what: "book" },
      { id: 2, what: "pen" },
    ]);
    const cars = { user: 1, kinds: ["car", "x'; DROP TABLE orders; --"] };
    expect(JSON.parse(await call(client, "orders_of", cars))).toEqual([{ id: 3, what: "car" }]);
    await expect(
      client.callTool("orders_of", { user: "1; DROP TABLE orders" }),
    ).resolves.toMatchObject({
      isError: true,
    });
  });

  test("write where the access mode allows it, and are refused at the start where not", async () => {
    await expect(opened(database.url(), [ADD])).rejects.toThrow("this server only reads");
    const { client } = await opened(database.url(), [ADD, ORDERS], { accessMode: "read-write" });
    const given = { user: 7, what: "book", facts: { pages: 3 } };
    expect(await structured(client, "add_order", given)).toMatchObject({
      command: "INSERT",
      affected: 1,
    });
    expect(JSON.parse(await call(client, "orders_of", { user: 7 }))).toHaveLength(1);
    expect(await refusal(client, "add_order", { user: 7, what: "car" })).toContain("what");
  });
});

test("a file behind a link is followed when the link leads elsewhere", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tools-link-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const one = { name: "one", description: "One", sql: "SELECT 1 AS one" };
  for (const name of ["one", "two"]) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "tools.json"), JSON.stringify({ tools: [{ ...one, name }] }));
  }
  // As a mounted configuration is replaced: the file links into a folder that is itself a link.
  symlinkSync("one", join(folder, "data"));
  symlinkSync("data/tools.json", join(folder, "tools.json"));
  const policy = {
    accessMode: "read-only",
    databases: ["main"],
    taken: new Set<string>(),
  } as const;
  const file = await ToolsFile.open(join(folder, "tools.json"), policy, () => {});
  onTestFinished(() => file.close());
  const changed = new Promise<void>((resolve) => file.listen(resolve));
  symlinkSync("two", join(folder, "data.new"));
  renameSync(join(folder, "data.new"), join(folder, "data"));
  await changed;
  expect(file.tools.map(({ name }) => name)).toEqual(["two"]);
});

describe.each(REVISIONS)("with revision %s", (revision) => {
  test("a changed file changes the tools, and a broken one leaves them as they are", async () => {
    const database = await createDatabase(18);
    const one = { name: "one", description: "One", sql: "SELECT 1 AS one" };
    const { client, warnings, warned, write } = await opened(database.url(), [one], { revision });
    const names = async () => (await client.listTools()).map(({ name }) => name);
    expect(await names()).toContain("one");
    const subscription = await client.subscribe({ tools: true });
    onTestFinished(() => subscription.close());
    write(JSON.stringify({ tools: [{ ...one, name: "two", sql: "SELECT 2 AS two" }] }));
    expect((await subscription.next()).value).toEqual({ kind: "list", list: "tools" });
    expect(await names()).toContain("two");
    expect(await names()).not.toContain("one");
    write('{"tools": [');
    await warned();
    expect(warnings).toEqual([
      "tools.json, line 1: this is no JSON; look for a comma, quote or bracket too many or too few. The tools stay as they were.",
    ]);
    expect(JSON.parse(await call(client, "two"))).toEqual([{ two: 2 }]);
  });
});
