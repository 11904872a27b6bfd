import { accept, decline } from "@portico/core/testing";
import { createDatabase, type PostgresVersion, type TestDatabase } from "@portico/testing-postgres";
import { beforeEach, describe, expect, test } from "vitest";
import { call, notes, refusal, structured } from "./support/calls.ts";
import { clientOn } from "./support/server.ts";

const writing = { operator: { "access-mode": "read-write" } } as const;
const admin = { operator: { "access-mode": "admin" } } as const;

describe.each([15, 18] as const)("execute_sql on PostgreSQL %i", (version: PostgresVersion) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(version);
    await database.run(`
      CREATE TABLE items (id int PRIMARY KEY, name text NOT NULL);
      INSERT INTO items SELECT n, 'item ' || n FROM generate_series(1, 500) n;
      ANALYZE items;
    `);
  });

  /** A client whose user gives one answer, and what the user was asked. */
  async function asking(
    mode: typeof writing | typeof admin,
    answer: ReturnType<typeof accept | typeof decline>,
  ) {
    const asked: string[] = [];
    const execute = ({ message }: { readonly message: string }) => {
      asked.push(message);
      return answer;
    };
    return { client: await clientOn(database.url(), { ...mode, answers: { execute } }), asked };
  }

  const count = async () => {
    const client = await clientOn(database.url());
    const { rows } = await structured(client, "query", { sql: "SELECT count(*)::int FROM items" });
    return (rows as number[][])[0]?.[0];
  };

  test("changes rows and commits", async () => {
    const client = await clientOn(database.url(), writing);
    const sql = "INSERT INTO items VALUES ($1, $2), ($3, $4);";
    const args = { sql, params: [501, "a", 502, "b"] };
    expect(await call(client, "execute_sql", args)).toBe("INSERT: 2 rows.");
    expect(await count()).toBe(502);
  });

  test("shows the rows of RETURNING, and says how many there were", async () => {
    const client = await clientOn(database.url(), writing);
    const sql = "UPDATE items SET name = upper(name) WHERE id <= 200 RETURNING id";
    expect(await structured(client, "execute_sql", { sql, limit: 2 })).toEqual({
      command: "UPDATE",
      affected: 200,
      columns: [{ name: "id", type: "int4" }],
      rows: [[1], [2]],
    });
    expect(await notes(client, "execute_sql", { sql, limit: 2 })).toMatch(
      /^UPDATE: 200 rows\. Stopped after 2 rows; there are more: all of them were changed/,
    );
  });

  test("only reads when that is all the statement does", async () => {
    const client = await clientOn(database.url(), writing);
    expect(await call(client, "execute_sql", { sql: "SELECT 1 AS one" })).toBe(
      JSON.stringify([{ one: 1 }], null, 2),
    );
  });

  test("asks before a statement without WHERE, with what it would touch", async () => {
    const { client, asked } = await asking(writing, accept());
    expect(await call(client, "execute_sql", { sql: "DELETE FROM items" })).toBe(
      "DELETE: 500 rows.",
    );
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatch(/about 500 rows\.\nRun it\?\nDELETE FROM items$/);
    expect(await count()).toBe(0);
  });

  test("asks with the values it would run with, and says how much it does not show", async () => {
    const { client, asked } = await asking(writing, decline());
    const named = { sql: "UPDATE items SET name = $1", params: ["it's\n$2", "x".repeat(5_000)] };
    await refusal(client, "execute_sql", { ...named, sql: `${named.sql} || $2` });
    expect(asked[0]).toMatch(
      /\|\| \$2\nwith \$1 = "it's\\n\$2"\nwith \$2 = "x{199}… \(4802 more characters\)$/,
    );
    await refusal(client, "execute_sql", { sql: `DELETE /* ${"x".repeat(10_000)} */ FROM items` });
    expect(asked[1]).toMatch(/\nDELETE \/\* x{3990}… \(6024 more characters\)$/);
  });

  test("asks with the tables that a DELETE reaches by foreign keys", async () => {
    await database.run(`
      CREATE SCHEMA shop;
      CREATE TABLE shop.orders (id int PRIMARY KEY, item int REFERENCES items ON DELETE CASCADE);
      CREATE TABLE shop.lines (order_id int REFERENCES shop.orders ON DELETE CASCADE);
      CREATE TABLE notes (item int REFERENCES items ON DELETE SET NULL);
      CREATE TABLE plans (item int REFERENCES items);
      INSERT INTO shop.orders SELECT n, n FROM generate_series(1, 40) n;
      ANALYZE shop.orders;
    `);
    const { client, asked } = await asking(writing, decline());
    await refusal(client, "execute_sql", { sql: "DELETE FROM items" });
    expect(asked[0]).toContain(
      "Rows that refer to them are deleted as well, in shop.orders (about 40 in all), shop.lines (about 0 in all). Rows that refer to them lose the reference, in notes (about 0 in all).",
    );
    expect(asked[0]).not.toContain("plans");
  });

  test("asks before a DROP, with what depends on it", async () => {
    await database.run(`
      CREATE SCHEMA shop;
      CREATE TABLE shop.orders (id serial PRIMARY KEY, item int REFERENCES items);
      CREATE VIEW names AS SELECT name FROM items;
      CREATE VIEW "More names" AS SELECT * FROM names;
    `);
    const { client, asked } = await asking(admin, decline());
    for (const sql of [
      "DROP TABLE items CASCADE",
      "TRUNCATE items CASCADE",
      "DROP SCHEMA shop CASCADE",
      "DROP VIEW names",
    ]) {
      expect(await refusal(client, "execute_sql", { sql })).toMatch(/did not agree/);
    }
    const dependents =
      'It holds about 500 rows. What depends on it: constraint orders_item_fkey on table shop.orders, view "More names", view names.';
    expect(asked[0]).toContain(dependents);
    expect(asked[1]).toContain(dependents);
    expect(asked[2]).toMatch(/What depends on it: .*table shop\.orders/);
    expect(asked[3]).toContain('What depends on it: view "More names".');
    expect(await count()).toBe(500);
  });

  test("changes nothing when the user does not agree, or cannot be asked", async () => {
    const sql = "UPDATE items SET name = 'x'";
    const unwilling = await clientOn(database.url(), {
      ...writing,
      answers: { execute: decline() },
    });
    expect(await refusal(unwilling, "execute_sql", { sql })).toMatch(/did not agree; nothing was/);
    const mute = await clientOn(database.url(), writing);
    expect(await refusal(mute, "execute_sql", { sql })).toMatch(/cannot ask for it: .* --yes/);
    const rows = await structured(mute, "query", { sql: "SELECT 1 FROM items WHERE name = 'x'" });
    expect(rows.rows).toEqual([]);
  });

  test("asks nothing with --yes", async () => {
    const client = await clientOn(database.url(), {
      operator: { "access-mode": "read-write", yes: true },
    });
    await call(client, "execute_sql", { sql: "DELETE FROM items" });
    expect(await count()).toBe(0);
  });

  test("only reads in read-only mode, under the same name", async () => {
    const client = await clientOn(database.url());
    expect(await call(client, "execute_sql", { sql: "SELECT 1 AS one" })).toContain('"one": 1');
    expect(await refusal(client, "execute_sql", { sql: "DELETE FROM items WHERE id = 1" })).toMatch(
      /read-write/,
    );
    const tools = await client.listTools();
    const { annotations } = tools.find(({ name }) => name === "execute_sql")!;
    expect(annotations?.readOnlyHint).toBe(true);
    expect(await count()).toBe(500);
  });

  test("runs in admin mode what PostgreSQL only runs by itself", async () => {
    const client = await clientOn(database.url(), admin);
    expect(await call(client, "execute_sql", { sql: "VACUUM items" })).toBe("VACUUM: done.");
    const sql = "CREATE INDEX CONCURRENTLY named ON items (name)";
    await call(client, "execute_sql", { sql });
    const { transaction } = await structured(client, "begin_transaction");
    expect(await refusal(client, "execute_sql", { sql, transaction })).toMatch(/only by itself/);
  });

  test("undoes a statement that fails, and says why", async () => {
    const client = await clientOn(database.url(), writing);
    const sql = "INSERT INTO items VALUES (1000, 'new'), (1, 'twice')";
    expect(await refusal(client, "execute_sql", { sql })).toBe(
      'duplicate key value violates unique constraint "items_pkey" (SQLSTATE 23505)\nKey (id)=(1) already exists.',
    );
    expect(await count()).toBe(500);
  });
});
