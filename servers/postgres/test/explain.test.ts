import { createDatabase, type PostgresVersion, type TestDatabase } from "@portico/testing-postgres";
import { beforeAll, describe, expect, test } from "vitest";
import { call, refusal } from "./support/calls.ts";
import { clientOn } from "./support/server.ts";

describe.each([15, 18] as const)("explain_query on PostgreSQL %i", (version: PostgresVersion) => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createDatabase(version);
    await database.run(`
      CREATE TABLE items (id int PRIMARY KEY, name text);
      INSERT INTO items SELECT n, 'item ' || n FROM generate_series(1, 2000) n;
      ANALYZE items;
    `);
  });

  const explain = async (args: object, mode = "read-only" as const) =>
    call(
      await clientOn(database.url(), { operator: { "access-mode": mode } }),
      "explain_query",
      args,
    );
  const refused = async (args: object) =>
    refusal(
      await clientOn(database.url(), { operator: { "access-mode": "admin" } }),
      "explain_query",
      args,
    );

  test("shows a plan as text and as JSON", async () => {
    const sql = "SELECT * FROM items WHERE id = 7;";
    expect(await explain({ sql })).toMatch(/^Index Scan using items_pkey on items/);
    const [{ Plan }] = JSON.parse(await explain({ sql, format: "json" }));
    expect(Plan["Node Type"]).toBe("Index Scan");
  });

  test("runs what only reads, to measure it", async () => {
    const sql = "SELECT count(*) FROM items WHERE id < $1";
    const plan = await explain({ sql, params: [100], analyze: true, buffers: true });
    expect(plan).toMatch(/actual time.*rows=99/);
    expect(plan).toMatch(/Buffers: shared hit=/);
  });

  test("plans what writes, but never runs it", async () => {
    const sql = "DELETE FROM items WHERE id = 1";
    expect(await explain({ sql })).toMatch(/^Delete on items/);
    expect(await refused({ sql, analyze: true })).not.toBe("");
    expect(await refused({ sql: "ANALYZE DELETE FROM items" })).not.toBe("");
    expect(await refused({ sql: "SELECT 1; DELETE FROM items" })).toMatch(/one statement/);
    const client = await clientOn(database.url());
    const counted = await call(client, "query", { sql: "SELECT count(*)::int AS n FROM items" });
    expect(JSON.parse(counted)).toEqual([{ n: 2000 }]);
  });

  test("plans for any value where placeholders have none", async () => {
    const sql = "SELECT name, '$3' FROM items WHERE id = $1 OR name = $2";
    expect(await explain({ sql })).toMatch(/id = \$1/);
    expect(await refused({ sql, analyze: true })).toMatch(/needs its values/);
    expect(await explain({ sql, params: [1, "x"] })).toMatch(/id = 1/);
  });

  test("says what it lacks to try an index that is not there", async () => {
    const hypothetical_indexes = [{ table: "items", columns: ["name"] }];
    const sql = "SELECT * FROM items WHERE name = 'x'";
    expect(await refused({ sql, hypothetical_indexes })).toMatch(
      /extension HypoPG, which this database does not have/,
    );
    expect(await refused({ sql, hypothetical_indexes, analyze: true })).toMatch(
      /cannot be measured/,
    );
  });

  test("points at what is wrong in the statement itself", async () => {
    expect(await refused({ sql: "SELECT 1 FRO items" })).toMatch(/at character 14\.$/);
    expect(await refused({ sql: "EXPLAIN SELECT 1" })).toMatch(/^Give the statement alone/);
    expect(await refused({ sql: "SELECT colour FROM items" })).toBe(
      'column "colour" does not exist (SQLSTATE 42703)\nLine 1, column 8:\nSELECT colour FROM items\n       ^',
    );
  });
});
