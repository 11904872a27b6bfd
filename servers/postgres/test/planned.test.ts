import type { Client } from "@portico/core";
import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { describe, expect, test } from "vitest";
import { refusal, structured } from "./support/calls.ts";
import { type HoldingBack, holdingBack } from "./support/holding-back.ts";
import { clientOn } from "./support/server.ts";

/** Often enough that a statement which is kept has been. */
const OFTEN = 4;

/** A database and a client of a server that has one session in it. */
async function oneSession(version: 15 | 18, setup = ""): Promise<[TestDatabase, Client]> {
  const made = await createDatabase(version);
  if (setup !== "") await made.run(setup);
  return [made, await clientOn(made.url(), { operator: { "max-connections": 1 } })];
}

async function rowsOf(client: Client, sql: string, params: unknown[] = []): Promise<unknown> {
  return (await structured(client, "query", { sql, params })).rows;
}

async function often(client: Client, sql: string, params: unknown[] = []): Promise<unknown> {
  let rows: unknown;
  for (let time = 0; time < OFTEN; time++) rows = await rowsOf(client, sql, params);
  return rows;
}

/** What the session keeps of callers' statements. */
async function kept(client: Client): Promise<unknown[]> {
  const sql = "SELECT p.statement FROM pg_catalog.pg_prepared_statements p";
  const statements = ((await rowsOf(client, sql)) as [string][]).map(([statement]) => statement);
  return statements.filter((statement) => /items|now_|\bone\b/.test(statement));
}

const ITEMS = "CREATE TABLE items (id int, name text); INSERT INTO items VALUES (1, 'old')";

describe.each([15, 18] as const)("on PostgreSQL %i", (version) => {
  test("a caller's statement that comes again is planned once", async () => {
    const [, client] = await oneSession(version, ITEMS);
    const sql = "SELECT name FROM items WHERE id = $1";
    expect(await often(client, sql, [1])).toEqual([["old"]]);
    expect(await rowsOf(client, sql, [2])).toEqual([]);
    expect(await kept(client)).toEqual([sql]);
  });

  test("a statement that came once is not kept, nor more than a few of those that came again", async () => {
    const [, client] = await oneSession(version, ITEMS);
    for (let id = 0; id < 5; id++) await rowsOf(client, `SELECT name FROM items WHERE id = ${id}`);
    expect(await kept(client)).toEqual([]);
    for (let id = 0; id < 20; id++) await often(client, `SELECT name FROM items WHERE id = ${id}`);
    expect(await kept(client)).toHaveLength(16);
  });

  test.each(["date 'today'", "'items'::regclass", "made AT TIME ZONE 'UTC'"])(
    "a statement with %s is parsed each time, as what it says may change",
    async (expression) => {
      const [, client] = await oneSession(version, "CREATE TABLE items AS SELECT now() AS made");
      await often(client, `SELECT ${expression} FROM items`);
      expect(await kept(client)).toEqual([]);
    },
  );

  test.each([
    ["its column has another name", "ALTER TABLE items RENAME name TO title", [[1, "old"]]],
    ["its column has another type", "ALTER TABLE items ALTER id TYPE text", [["1", "old"]]],
    ["its table has another column", "ALTER TABLE items ADD more int", [[1, "old", null]]],
    [
      "another table comes before its own",
      "CREATE SCHEMA postgres; CREATE TABLE postgres.items AS SELECT 7 AS id",
      [[7]],
    ],
  ])("it means what it says once %s", async (_, change, rows) => {
    const [made, client] = await oneSession(version, ITEMS);
    const sql = "SELECT * FROM items";
    expect(await often(client, sql)).toEqual([[1, "old"]]);
    await made.run(change);
    expect(await often(client, sql)).toEqual(rows);
  });

  test("rows that came since the last time are all there", async () => {
    const [made, client] = await oneSession(version, ITEMS);
    await often(client, "SELECT id FROM items");
    await made.run("INSERT INTO items SELECT n FROM generate_series(2, 90) n");
    expect(await rowsOf(client, "SELECT id FROM items")).toHaveLength(90);
    expect(await often(client, "SELECT id FROM items")).toHaveLength(90);
  });

  test("as many rows as it gave the last time come at once, and no more than are wanted", async () => {
    const [made, client] = await oneSession(version, "CREATE TABLE items AS SELECT 0 AS id");
    const sql = "SELECT id FROM items ORDER BY id";
    const ask = async (limit: number) => (await structured(client, "query", { sql, limit })).rows;
    for (const count of [300, 900, 100]) {
      await made.run(`TRUNCATE items; INSERT INTO items SELECT generate_series(1, ${count})`);
      const all = Array.from({ length: count }, (_, index) => [index + 1]);
      for (const limit of [1000, 1000, 1000, 10, 1000, count, count - 1, 1000]) {
        expect(await ask(limit)).toEqual(all.slice(0, limit));
      }
    }
  });

  test("what it leaves in its session is gone after each call", async () => {
    const made = await createDatabase(version);
    await made.run(`CREATE FUNCTION leave() RETURNS int LANGUAGE plpgsql AS $$ BEGIN
      PERFORM pg_advisory_lock(7); EXECUTE 'PREPARE theirs AS SELECT 1'; RETURN 1; END $$`);
    const operator = { "max-connections": 1, "allow-function": ["public.leave"] };
    const client = await clientOn(made.url(), { operator });
    expect(await often(client, "SELECT leave()")).toEqual([[1]]);
    const sql = "SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory'";
    expect(await rowsOf(client, sql)).toEqual([[0]]);
  });

  describe("a short answer does not wait for the end of its transaction", () => {
    const sql = "SELECT id FROM items ORDER BY id";
    const answered = "SELECT 2\0";

    async function answeredEarly(): Promise<[HoldingBack, Client]> {
      const made = await createDatabase(version);
      await made.run("CREATE TABLE items AS SELECT id FROM generate_series(1, 2) id");
      const way = await holdingBack(made.url());
      const client = await clientOn(way.url, { operator: { "max-connections": 1 } });
      await often(client, sql);
      way.holdAfter(answered);
      expect(await rowsOf(client, sql)).toEqual([[1], [2]]);
      return [way, client];
    }

    test("which the next call waits for", async () => {
      const [way, client] = await answeredEarly();
      const { sent } = way;
      const next = rowsOf(client, "SELECT 3");
      await client.listTools();
      expect(way.sent).toBe(sent);
      way.release();
      expect(await next).toEqual([[3]]);
    });

    test("and where that fails the next call gets another session", async () => {
      const [way, client] = await answeredEarly();
      way.lose();
      expect(await rowsOf(client, "SELECT 3")).toEqual([[3]]);
    });
  });

  test("it fails by its own errors, and the others are still kept", async () => {
    const [, client] = await oneSession(version, ITEMS);
    const sql = "SELECT id / $1::int FROM items";
    await often(client, sql, [1]);
    expect(await refusal(client, "query", { sql, params: [0] })).toContain("division by zero");
    expect(await kept(client)).toEqual([sql]);
  });

  test("a transaction of many calls does not fill its session with their statements", async () => {
    const [, client] = await oneSession(version);
    const { transaction } = await structured(client, "begin_transaction");
    const ask = (sql: string) => structured(client, "query", { sql, transaction });
    for (let time = 0; time < 5; time++) await ask(`SELECT ${time} AS one`);
    const { rows } = await ask("SELECT p.statement FROM pg_catalog.pg_prepared_statements p");
    expect((rows as [string][]).filter(([statement]) => statement.includes("AS one"))).toEqual([]);
  });
});
