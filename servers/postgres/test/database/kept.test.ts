import { describe, expect, test } from "vitest";
import { connect } from "../../src/database/connect.ts";
import type { Database } from "../../src/database/database.ts";
import { parseConnection } from "../../src/database/parse-connection.ts";
import { Pool } from "../../src/database/pool.ts";
import { Transaction } from "../../src/database/transaction.ts";
import { CASES, open, openTest, signal, value } from "./open.ts";

const KEPT = "SELECT 'ours'::text";

const RUN = { timeoutMs: 30_000 };
const TERMS = {
  readOnly: true,
  identity: undefined,
  statementTimeoutMs: 30_000,
  lockTimeoutMs: 5_000,
  idleTransactionMs: 60_000,
};

/** What the statement answers that the session is to keep, with `before` run ahead of it in the transaction. */
function ask(database: Database, before?: string): Promise<string | null | undefined> {
  return database.read({ signal }, async (session) => {
    if (before !== undefined) await session.query(before);
    return (await session.query(KEPT, [], { kept: true })).rows[0]?.[0];
  });
}

/** The name the only session keeps the statement by, and how often it was run. */
function names(database: Database): Promise<string | null | undefined> {
  return value(
    database,
    `SELECT string_agg(name || ' ' || generic_plans + custom_plans, ',') FROM pg_prepared_statements WHERE statement = '${KEPT.replaceAll("'", "''")}'`,
  );
}

describe.each(CASES)("on PostgreSQL $version as $user", ({ version, user }) => {
  const one = { maxConnections: 1 };

  test("a statement that is kept is parsed once and run many times", async () => {
    const { database } = await openTest(version, user, one);
    for (let time = 0; time < 7; time++) expect(await ask(database)).toBe("ours");
    expect(await names(database)).toMatch(/^portico_\w+ 7$/);
  });

  test("the values of another call are bound anew", async () => {
    const { database } = await openTest(version, user, one);
    for (const sent of ["a", "b", "c", "d", "e", "f", "g"]) {
      const answer = await database.read({ signal }, (session) =>
        session.query("SELECT $1::text", [sent], { kept: true }),
      );
      expect(answer.rows).toEqual([[sent]]);
    }
  });

  test("a statement that somebody put in its place is not run, in that call or the next", async () => {
    const { database } = await openTest(version, user, one);
    await ask(database);
    const name = (await names(database))?.split(" ")[0];
    expect(name).toMatch(/^portico_\w+$/);
    const forged = await database.read({ signal }, async (session) => {
      await session.query(`DEALLOCATE ${name}`);
      await session.query(`PREPARE ${name} AS SELECT 'theirs'::text`);
      return session.query(KEPT, [], { kept: true });
    });
    expect(forged.rows).toEqual([["ours"]]);
    expect(
      await value(database, "SELECT count(*) FROM pg_prepared_statements WHERE from_sql"),
    ).toBe("0");
    expect(await ask(database)).toBe("ours");
  });

  test("what was put in the place of the transaction's end can change nothing", async () => {
    const { made, database } = await openTest(version, user, one);
    await made.run("CREATE TABLE traces (n int); GRANT ALL ON traces TO PUBLIC");
    for (let time = 0; time < 2; time++) await ask(database);
    const sql =
      "SELECT name FROM pg_prepared_statements WHERE statement IN ('ROLLBACK', 'CLOSE ALL')";
    const ends = await database.read(
      { signal },
      async (session) => (await session.query(sql)).rows,
    );
    expect(ends).toHaveLength(2);
    await database.read({ signal }, async (session) => {
      for (const [name] of ends) {
        await session.query(`DEALLOCATE ${name}`);
        await session.query(`PREPARE ${name} AS INSERT INTO traces VALUES (1)`);
      }
    });
    expect(await ask(database)).toBe("ours");
    expect(await value(database, "SELECT count(*) FROM traces")).toBe("0");
    expect(await value(database, sql.replace("name", "count(*)"))).toBe("2");
  });

  test.each(["DEALLOCATE ALL", "DISCARD PLANS"])("%s does no harm", async (sql) => {
    const { database } = await openTest(version, user, one);
    for (const before of [undefined, sql, undefined, undefined]) {
      expect(await ask(database, before)).toBe("ours");
    }
  });

  test("a call that fails leaves the next one its statements", async () => {
    const { database } = await openTest(version, user, one);
    for (const sql of [KEPT, "SELECT 1 / 0", "SELECT nothing", KEPT]) {
      const answer = database.read({ signal }, (session) => session.query(sql, [], { kept: true }));
      await (sql === KEPT
        ? expect(answer).resolves.toBeDefined()
        : expect(answer).rejects.toThrow());
    }
    expect(await ask(database)).toBe("ours");
  });

  test("what writes leaves a session that keeps nothing", async () => {
    const { database } = await openTest(version, user, one);
    await ask(database);
    await database.write({ signal }, (session) => session.query("SELECT 1"));
    expect(await names(database)).toBeNull();
    expect(await ask(database)).toBe("ours");
  });

  test.each([
    ["has none of what was kept", "DEALLOCATE ALL"],
    ["keeps something else by the name", "DEALLOCATE ALL; PREPARE $ AS SELECT 2"],
  ])("a session that a pooler exchanged and that %s fails no call", async (_, before) => {
    const { made } = await openTest(version, user);
    const settings = parseConnection(made.url(user), {});
    const connection = { answerBytes: 1e6, lost: () => {}, tunnel: undefined };
    const pool = new Pool({
      ...{ maxConnections: 1, queueTimeoutMs: 30_000, idleConnectionMs: 30_000 },
      open: async () => {
        const opened = await connect(settings, connection);
        const name = opened.kept!.nameNext();
        for (const sql of before.split("; ")) {
          await opened.run([], { run: { sql: sql.replace("$", name) } }, RUN);
        }
        if (!before.includes("PREPARE"))
          opened.kept!.add(new Map([[KEPT, { name, isCallers: false }]]));
        return opened;
      },
    });
    const transaction = new Transaction({ pool, terms: TERMS, pooling: "session" });
    const { rows } = await transaction.send([], { run: { sql: KEPT, kept: "named" } }, RUN);
    expect(rows).toEqual([["ours"]]);
    await transaction.rollback();
    await pool.close(1_000);
  });

  test("behind a pooler for transactions nothing is kept", async () => {
    const { made } = await openTest(version, user);
    const database = open(`${made.url(user)}?pgbouncer=true`, one);
    await ask(database);
    expect(await names(database)).toBeNull();
  });
});
