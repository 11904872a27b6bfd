import { describe, expect, test } from "vitest";
import { CASES, openTest, signal, value } from "./open.ts";

describe.each(CASES)("on PostgreSQL $version as $user", ({ version, user }) => {
  test("a transaction over several calls is kept by commit", async () => {
    const { made, database } = await openTest(version, user);
    await made.run("CREATE TABLE facts (id int); GRANT ALL ON facts TO public");
    const transaction = await database.begin({ signal, readOnly: false });
    for (const id of [1, 2]) {
      await transaction.run({ signal }, (session) =>
        session.query("INSERT INTO facts VALUES ($1)", [id]),
      );
    }
    expect(await value(database, "SELECT count(*) FROM facts")).toBe("0");
    await transaction.commit();
    await transaction.ended;
    expect(await value(database, "SELECT count(*) FROM facts")).toBe("2");
    await expect(transaction.commit()).rejects.toMatchObject({ code: "over" });
  });

  test("a piece of work that fails is undone alone", async () => {
    const { made, database } = await openTest(version, user);
    await made.run("CREATE TABLE facts (id int); GRANT ALL ON facts TO public");
    const transaction = await database.begin({ signal, readOnly: false });
    const insert = (id: number, then: string) =>
      transaction.run({ signal }, async (session) => {
        await session.query("INSERT INTO facts VALUES ($1)", [id]);
        await session.query(then);
      });
    await insert(1, "SELECT 1");
    await expect(insert(2, "SELECT 1 / 0")).rejects.toMatchObject({ code: "22012" });
    await insert(3, "SELECT 1");
    await transaction.commit();
    expect(await value(database, "SELECT string_agg(id::text, ',') FROM facts")).toBe("1,3");
  });

  test("each piece of work has its own limit and its own cancel", async () => {
    const { database } = await openTest(version, user);
    const transaction = await database.begin({ signal, readOnly: true });
    const slow = (use: { signal: AbortSignal; timeoutMs?: number }) =>
      transaction.run(use, (session) => session.query("SELECT pg_sleep(600)"));
    await expect(slow({ signal, timeoutMs: 20 })).rejects.toMatchObject({ code: "timeout" });
    const aborted = new AbortController();
    const cancelled = slow({ signal: aborted.signal });
    aborted.abort();
    await expect(cancelled).rejects.toMatchObject({ code: "cancelled" });
    const limit = await transaction.run({ signal }, (session) =>
      session.query("SHOW statement_timeout"),
    );
    expect(limit.rows).toEqual([["30s"]]);
    await transaction.rollback();
  });

  test("a read-only transaction stays one", async () => {
    const { made, database } = await openTest(version, user);
    await made.run("CREATE TABLE facts (id int); GRANT ALL ON facts TO public");
    const transaction = await database.begin({ signal, readOnly: true });
    for (const [sql, code] of [
      ["SET TRANSACTION READ WRITE", "25001"],
      ["SET LOCAL transaction_read_only = off", "25001"],
      ["INSERT INTO facts VALUES (1)", "25006"],
      ["COMMIT", "not-allowed"],
    ] as const) {
      const work = transaction.run({ signal }, (session) => session.query(sql));
      await expect(work, sql).rejects.toMatchObject({ code });
    }
    await transaction.ended;
    const after = transaction.run({ signal }, (session) =>
      session.query("INSERT INTO facts VALUES (2)"),
    );
    await expect(after).rejects.toMatchObject({ code: "over" });
    expect(await value(database, "SELECT count(*) FROM facts")).toBe("0");
  });

  test("a transaction nobody uses is rolled back and gives its connection back", async () => {
    const { made, database } = await openTest(version, user, {
      idleTransactionMs: 100,
      maxConnections: 1,
    });
    await made.run("CREATE TABLE facts (id int); GRANT ALL ON facts TO public");
    const transaction = await database.begin({ signal, readOnly: false });
    await transaction.run({ signal }, (session) => session.query("INSERT INTO facts VALUES (1)"));
    await transaction.ended;
    expect(await value(database, "SELECT count(*) FROM facts")).toBe("0");
    await expect(transaction.commit()).rejects.toMatchObject({ code: "over" });
  });

  test("closing rolls back what is open", async () => {
    const { made, database } = await openTest(version, user);
    await made.run("CREATE TABLE facts (id int); GRANT ALL ON facts TO public");
    const transaction = await database.begin({ signal, readOnly: false });
    await transaction.run({ signal }, (session) => session.query("INSERT INTO facts VALUES (1)"));
    await database.close();
    await expect(transaction.commit()).rejects.toMatchObject({ code: "over" });
    await made.run("DO $$ BEGIN ASSERT (SELECT count(*) FROM facts) = 0; END $$");
  });
});
