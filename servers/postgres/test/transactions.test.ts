import type { Client } from "@portico/core";
import { createDatabase, type PostgresVersion, type TestDatabase } from "@portico/testing-postgres";
import { beforeEach, describe, expect, test } from "vitest";
import { call, refusal, structured } from "./support/calls.ts";
import { clientOn } from "./support/server.ts";

const writing = { operator: { "access-mode": "read-write" } } as const;

describe.each([15, 18] as const)("transactions on PostgreSQL %i", (version: PostgresVersion) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(version);
    await database.run("CREATE TABLE items (id int PRIMARY KEY)");
  });

  const begin = async (client: Client): Promise<string> => {
    const { transaction } = await structured(client, "begin_transaction");
    return transaction as string;
  };
  const ids = async (client: Client, transaction?: string) => {
    const sql = "SELECT id FROM items ORDER BY id";
    const { rows } = await structured(client, "query", {
      sql,
      ...(transaction && { transaction }),
    });
    return (rows as number[][]).flat();
  };
  const insert = (client: Client, id: number, transaction?: string) => {
    const sql = "INSERT INTO items VALUES ($1)";
    return client.callTool("execute_sql", {
      sql,
      params: [id],
      ...(transaction && { transaction }),
    });
  };

  test("keep what they did to themselves until they are committed", async () => {
    const client = await clientOn(database.url(), writing);
    const transaction = await begin(client);
    await insert(client, 1, transaction);
    expect(await ids(client, transaction)).toEqual([1]);
    expect(await ids(client)).toEqual([]);
    expect(await call(client, "commit_transaction", { transaction })).toBe("Committed.");
    expect(await ids(client)).toEqual([1]);
    expect(await refusal(client, "query", { sql: "SELECT 1", transaction })).toMatch(
      /no such transaction/,
    );
  });

  test("leave nothing behind when they are rolled back", async () => {
    const client = await clientOn(database.url(), writing);
    const transaction = await begin(client);
    await insert(client, 1, transaction);
    expect(await call(client, "rollback_transaction", { transaction })).toBe("Rolled back.");
    expect(await ids(client)).toEqual([]);
  });

  test("go on after a statement that failed", async () => {
    const client = await clientOn(database.url(), writing);
    const transaction = await begin(client);
    await insert(client, 1, transaction);
    expect((await insert(client, 1, transaction)).isError).toBe(true);
    expect(await refusal(client, "query", { sql: "SELECT 1/0", transaction })).toMatch(/22012/);
    await insert(client, 2, transaction);
    await call(client, "commit_transaction", { transaction });
    expect(await ids(client)).toEqual([1, 2]);
  });

  test("can write again after query has read in them", async () => {
    const client = await clientOn(database.url(), writing);
    const transaction = await begin(client);
    await ids(client, transaction);
    await insert(client, 1, transaction);
    await call(client, "commit_transaction", { transaction });
    expect(await ids(client)).toEqual([1]);
  });

  test("stay read-only where the server is, whatever is sent first", async () => {
    const client = await clientOn(database.url());
    const transaction = await begin(client);
    for (const sql of [
      "SET TRANSACTION READ WRITE",
      "BEGIN READ WRITE",
      "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
      "RESET transaction_read_only",
      "SELECT set_config('transaction_read_only', 'off', false)",
      "COMMIT",
      "INSERT INTO items VALUES (1)",
      "WITH new AS (INSERT INTO items VALUES (1) RETURNING *) SELECT * FROM new",
    ]) {
      await refusal(client, "execute_sql", { sql, transaction });
      await refusal(client, "query", { sql, transaction });
    }
    await call(client, "commit_transaction", { transaction });
    expect(await ids(client)).toEqual([]);
  });

  test("let query change nothing, also through a view", async () => {
    await database.run(`
      CREATE FUNCTION sneak() RETURNS int LANGUAGE sql VOLATILE AS 'INSERT INTO items VALUES (99) RETURNING id';
      CREATE VIEW sneaky AS SELECT sneak() AS id;
    `);
    const client = await clientOn(database.url(), writing);
    const transaction = await begin(client);
    await refusal(client, "query", { sql: "SELECT * FROM sneaky", transaction });
    await call(client, "commit_transaction", { transaction });
    expect(await ids(client)).toEqual([]);
  });

  test("are only for the connection that began them", async () => {
    const [one, other] = await Promise.all([1, 2].map(() => clientOn(database.url(), writing)));
    const transaction = await begin(one as Client);
    expect(await refusal(other as Client, "commit_transaction", { transaction })).toMatch(
      /no such transaction/,
    );
  });

  test("are few, so that others find a connection", async () => {
    const client = await clientOn(database.url(), writing);
    const handles = [await begin(client), await begin(client)];
    expect(new Set(handles).size).toBe(2);
    expect(await refusal(client, "begin_transaction")).toMatch(/You have 2 open transactions/);
    await call(client, "rollback_transaction", { transaction: handles[0] });
    await begin(client);
  });

  test("do one thing at a time", async () => {
    const client = await clientOn(database.url(), writing);
    const transaction = await begin(client);
    const sql = "SELECT count(*) FROM generate_series(1, 2000000)";
    const answers = await Promise.all(
      [1, 2].map(() => client.callTool("query", { sql, transaction })),
    );
    expect(answers.map(({ isError }) => isError === true).sort()).toEqual([false, true]);
  });
});
