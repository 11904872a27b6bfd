import { describe, expect, test } from "vitest";
import { CASES, openTest, signal, value } from "./open.ts";

describe.each(CASES)("on PostgreSQL $version as $user", ({ version, user }) => {
  test("values come as PostgreSQL wrote them, and columns of one name stay two", async () => {
    const { database } = await openTest(version, user);
    const answer = await database.read({ signal }, (session) =>
      session.query("SELECT 1 AS a, 2::numeric(9,3) AS a, NULL, $1::text[]", [["x", null, 'y"']]),
    );
    expect(answer).toEqual({
      columns: [
        { name: "a", type: 23 },
        { name: "a", type: 1700 },
        { name: "?column?", type: 25 },
        { name: "text", type: 1009 },
      ],
      rows: [["1", "2.000", null, '{x,NULL,"y\\""}']],
      command: "SELECT",
      affected: 1,
    });
  });

  test("the way values are written does not depend on the database's settings", async () => {
    const { made, database } = await openTest(version, user);
    for (const setting of [
      "DateStyle = 'SQL, DMY'",
      "IntervalStyle = 'iso_8601'",
      "extra_float_digits = -3",
      "bytea_output = 'escape'",
      "standard_conforming_strings = off",
    ]) {
      await made.run(`ALTER DATABASE ${made.name} SET ${setting}`);
    }
    const answer = await database.read({ signal }, (session) =>
      session.query(
        `SELECT date '2026-02-01', interval '1 day 2 hours', 0.1::float8 + 0.2, '\\x00ff'::bytea, 'a\\b',
           9007199254740993, 12345678901234567890.10::numeric`,
      ),
    );
    expect(answer.rows).toEqual([
      [
        "2026-02-01",
        "1 day 02:00:00",
        "0.30000000000000004",
        "\\x00ff",
        "a\\b",
        "9007199254740993",
        "12345678901234567890.10",
      ],
    ]);
  });

  test("nothing can be written, and the transaction cannot be made to", async () => {
    const { made, database } = await openTest(version, user);
    await made.run("CREATE TABLE facts (id int); GRANT ALL ON facts TO public");
    for (const [sql, code] of [
      ["INSERT INTO facts VALUES (1)", "25006"],
      ["SET TRANSACTION READ WRITE", "25001"],
      ["COMMIT; INSERT INTO facts VALUES (1)", "42601"],
      ["COMMIT", "not-allowed"],
      ["ROLLBACK AND CHAIN", "25006"],
    ] as const) {
      const work = database.read({ signal }, async (session) => {
        await session.query(sql);
        await session.query("INSERT INTO facts VALUES (2)");
      });
      await expect(work, sql).rejects.toMatchObject({ code });
    }
    expect(await value(database, "SELECT count(*) FROM facts")).toBe("0");
  });

  test("no trace of one call is left for the next", async () => {
    const { database } = await openTest(version, user, { maxConnections: 1 });
    const before = await value(database, "SELECT pg_backend_pid()");
    await database.write({ signal }, async (session) => {
      await session.query("SET search_path = pg_catalog");
      await session.query("SET statement_timeout = 0");
      await session.query("CREATE TEMP TABLE left_over (id int)");
      await session.query("PREPARE left_behind AS SELECT 1");
      await session.query("LISTEN left_on");
      await session.query("SELECT pg_advisory_lock(42)");
    });
    expect(await value(database, "SELECT pg_backend_pid()")).toBe(before);
    expect(await value(database, "SHOW search_path")).toBe('"$user", public');
    expect(await value(database, "SHOW statement_timeout")).toBe("30s");
    expect(await value(database, "SELECT to_regclass('left_over')")).toBeNull();
    expect(
      await value(database, "SELECT count(*) FROM pg_prepared_statements WHERE from_sql"),
    ).toBe("0");
    expect(await value(database, "SELECT count(*) FROM pg_listening_channels()")).toBe("0");
    const locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 42";
    expect(await value(database, `${locks} AND pid = pg_backend_pid()`)).toBe("0");
  });

  test("a lock taken in a read is gone after it, also when it failed", async () => {
    const { database } = await openTest(version, user, { maxConnections: 1 });
    const failing = database.read({ signal }, async (session) => {
      await session.query("SELECT pg_advisory_lock(43)");
      await session.query("SELECT 1 / 0");
    });
    await expect(failing).rejects.toMatchObject({ code: "22012", message: "division by zero" });
    const locks =
      "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()";
    expect(await value(database, locks)).toBe("0");
  });

  test("a statement is stopped by its own limit, which cannot exceed the operator's", async () => {
    const { database } = await openTest(version, user, { statementTimeoutMs: 50 });
    for (const timeoutMs of [undefined, 1, 1e9]) {
      const slow = database.read({ signal, timeoutMs }, (session) =>
        session.query("SELECT pg_sleep(600)"),
      );
      await expect(slow).rejects.toMatchObject({ code: "timeout" });
    }
  });

  test("a statement gives up waiting for a lock", async () => {
    const { made, database } = await openTest(version, user, { lockTimeoutMs: 20 });
    await made.run("CREATE TABLE held (id int); GRANT ALL ON held TO public");
    const holder = await database.begin({ signal, readOnly: false });
    await holder.run({ signal }, (session) => session.query("LOCK TABLE held"));
    await expect(value(database, "SELECT * FROM held")).rejects.toMatchObject({ code: "55P03" });
    await holder.rollback();
  });

  test("an error says where in the statement it is, in characters", async () => {
    const { database } = await openTest(version, user);
    const work = value(database, "SELECT '😀é' AS ok, nothing");
    await expect(work).rejects.toMatchObject({
      name: "DatabaseError",
      code: "42703",
      message: 'column "nothing" does not exist',
      position: 20,
    });
  });

  test("what is asked for at once is answered in order", async () => {
    const { database } = await openTest(version, user);
    const answers = await database.read({ signal }, (session) =>
      Promise.all([1, 2, 3].map((number) => session.query("SELECT $1::int", [number]))),
    );
    expect(answers.map(({ rows }) => rows[0]?.[0])).toEqual(["1", "2", "3"]);
  });

  test("a session is lent for the work only", async () => {
    const { database } = await openTest(version, user);
    const kept = await database.read({ signal }, async (session) => session);
    await expect(kept.query("SELECT 1")).rejects.toMatchObject({ code: "over" });
  });

  test("COPY in either direction is refused without harm to the connection", async () => {
    const { made, database } = await openTest(version, user, { maxConnections: 1 });
    await made.run("CREATE TABLE copied (id int); GRANT ALL ON copied TO public");
    const copyIn = database.write({ signal }, (session) => session.query("COPY copied FROM STDIN"));
    await expect(copyIn).rejects.toMatchObject({ code: "0A000" });
    await expect(value(database, "COPY (SELECT 1) TO STDOUT")).rejects.toMatchObject({
      code: "0A000",
    });
    expect(await value(database, "SELECT count(*) FROM copied")).toBe("0");
  });

  test("an empty statement is answered with nothing", async () => {
    const { database } = await openTest(version, user);
    const answer = await database.read({ signal }, (session) => session.query("-- nothing"));
    expect(answer).toEqual({ columns: [], rows: [], command: "", affected: undefined });
  });
});
