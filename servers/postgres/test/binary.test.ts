import { type Client, connect, httpClient, REVISIONS } from "@portico/core";
import { webSocketClient } from "@portico/core/websocket";
import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { call } from "./support/calls.ts";
import { type Listening, listen, openBinary } from "./support/processes.ts";

// What the in-process tests prove in detail, once over with the published binary in a process of its own.

let database: TestDatabase;
let server: Listening;

beforeAll(async () => {
  database = await createDatabase();
  await database.run(`
    CREATE TABLE items (id int PRIMARY KEY, name text);
    INSERT INTO items SELECT n, 'item ' || n FROM generate_series(1, 10) n;
  `);
  server = await listen(["--access-mode=read-write", database.url()]);
});

afterAll(async () => void (await server?.stop()));

const ways = (["stdio", "http", "websocket"] as const).flatMap((carrier) =>
  REVISIONS.map((revision) => ({ carrier, revision })),
);

describe.each(ways)("the binary over $carrier with revision $revision", ({ carrier, revision }) => {
  const clientInfo = { name: "test", version: "1.0.0" };

  async function open(asked: string[] = []): Promise<Client> {
    const form = ({ message }: { message: string }) => {
      asked.push(message);
      return { action: "decline" as const };
    };
    const options = { clientInfo, revision, onElicit: { form } };
    const client = await (carrier === "stdio"
      ? openBinary(["--access-mode=read-write", database.url()], options)
      : connect(
          carrier === "http"
            ? httpClient(server.url)
            : webSocketClient(server.url.replace("http", "ws")),
          options,
        ));
    onTestFinished(() => client.close());
    return client;
  }

  test("serves tools, resources, prompts and completions", async () => {
    const client = await open();
    expect(client.server.revision).toBe(revision);
    expect((await client.listTools()).length).toBeGreaterThan(15);
    const sql = "SELECT name FROM items WHERE id = $1";
    expect(JSON.parse(await call(client, "query", { sql, params: [7] }))).toEqual([
      { name: "item 7" },
    ]);
    const uris = (await client.listResources()).map(({ uri }) => uri);
    expect(uris.some((uri) => uri.includes("items"))).toBe(true);
    expect((await client.listPrompts()).length).toBeGreaterThan(2);
    const [exported = ""] =
      /postgres:.*$/.exec(await call(client, "export_query", { sql: "TABLE items" })) ?? [];
    // Over HTTP, 2026-07-28 has neither session nor caller to know again: whoever has the handle may read.
    expect((await client.readResource(exported)).contents).toHaveLength(1);
  });

  test("asks before a dangerous statement, where the revision has a question for it", async () => {
    const asked: string[] = [];
    const client = await open(asked);
    const result = await client.callTool("execute_sql", { sql: "DELETE FROM items" });
    expect(result.isError).toBe(true);
    const hasForms = !["2024-11-05", "2025-03-26"].includes(revision);
    expect(asked).toHaveLength(hasForms ? 1 : 0);
    if (hasForms) expect(asked[0]).toMatch(/^This deletes every row of items\./);
    const counted = await call(client, "query", { sql: "SELECT count(*)::int AS n FROM items" });
    expect(JSON.parse(counted)).toEqual([{ n: 10 }]);
  });
});
