import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { beforeAll, expect, test } from "vitest";
import { call, refusal, structured } from "./support/calls.ts";
import { clientOn } from "./support/server.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
});

const SLOW = "SELECT count(*) AS slow FROM generate_series(1, 100000000000)";

/** Waits until PostgreSQL runs, or no longer runs, a statement that counts for ever. */
async function untilRunning(wanted: boolean): Promise<void> {
  const client = await clientOn(database.url());
  const sql =
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND query ~ 'AS slow|portico_page' AND pid <> pg_backend_pid()";
  for (;;) {
    const { rows } = await structured(client, "query", { sql });
    if ((rows as unknown[]).length > 0 === wanted) return;
  }
}

test.each([
  ["query", { sql: SLOW }],
  ["query", { sql: SLOW, paged: true }],
  ["explain_query", { sql: SLOW, analyze: true }],
  ["export_query", { sql: SLOW }],
])("cancelling %s %j ends its statement in PostgreSQL", async (name, args) => {
  const client = await clientOn(database.url());
  const stop = new AbortController();
  const running = client.callTool(name, args, { signal: stop.signal });
  running.catch(() => {});
  await untilRunning(true);
  stop.abort();
  await expect(running).rejects.toThrow();
  await untilRunning(false);
  expect(await call(client, "query", { sql: "SELECT 1 AS one" })).toContain('"one": 1');
});

test("cancelling what runs in a transaction leaves it usable, or says that it has ended", async () => {
  const client = await clientOn(database.url(), { operator: { "access-mode": "admin" } });
  await database.run("CREATE TABLE kept (id int)");
  const { transaction } = await structured(client, "begin_transaction");
  const insert = { sql: "INSERT INTO kept VALUES (1)", transaction };
  await call(client, "execute_sql", insert);
  const stop = new AbortController();
  const running = client.callTool("query", { sql: SLOW, transaction }, { signal: stop.signal });
  running.catch(() => {});
  await untilRunning(true);
  stop.abort();
  await expect(running).rejects.toThrow();
  await untilRunning(false);
  // The other call may still be on its way out.
  let ended = await client.callTool("commit_transaction", { transaction });
  while (ended.isError && JSON.stringify(ended.content).includes("busy")) {
    ended = await client.callTool("commit_transaction", { transaction });
  }
  const { rows } = await structured(client, "query", { sql: "SELECT count(*)::int FROM kept" });
  expect(rows).toEqual([[ended.isError ? 0 : 1]]);
  expect(await refusal(client, "query", { sql: "SELECT 1", transaction })).toMatch(/no such/);
});
