import { existsSync } from "node:fs";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ATTACKS } from "./support/attacks.ts";
import { EVIL } from "./support/evil.ts";
import { type Guarded, type GuardedDatabase, guarded, guardedDatabase } from "./support/guarded.ts";

const STATE = `
  SELECT (SELECT json_agg(c) FROM canary c) AS rows,
    (SELECT last_value FROM canary_seq) AS sequence,
    (SELECT count(*) FROM pg_class WHERE relnamespace <> 'pg_toast'::regnamespace) AS relations,
    (SELECT count(*) FROM pg_proc) AS functions,
    (SELECT count(*) FROM pg_largeobject_metadata) AS large_objects,
    (SELECT json_agg(s) FROM pg_shdescription s) AS comments,
    (SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'portico_guard') AS slots,
    (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS locks,
    (SELECT count(*) FROM pg_roles WHERE rolname = 'stolen') AS roles`;

const users = ["superuser", "ordinary user"] as const;

describe.each([15, 18] as const)("on PostgreSQL %i, where a read-only server is", (version) => {
  let database: GuardedDatabase;
  let watcher: Client;
  const heard: string[] = [];
  beforeAll(async () => {
    database = await guardedDatabase(version);
    await database.run(`
      CREATE TABLE canary (id int); INSERT INTO canary VALUES (1); CREATE SEQUENCE canary_seq;
      SET ROLE ${database.ordinary}; ${EVIL}; RESET ROLE;
      CREATE EXTENSION dblink SCHEMA evil; CREATE EXTENSION postgres_fdw SCHEMA evil;
      ALTER DATABASE ${database.name} SET search_path = public, evil;`);
    watcher = new Client(database.url());
    await watcher.connect();
    watcher.on("notification", ({ payload = "" }) => heard.push(payload));
    await watcher.query("LISTEN canary");
  });
  afterAll(() => watcher.end());

  const urlOf = (user: (typeof users)[number]) =>
    database.url(user === "superuser" ? undefined : database.ordinary);

  describe.each(users)("used by the %s", (user) => {
    let connection: Guarded;
    beforeAll(async () => {
      connection = await guarded(
        database.url(user === "superuser" ? undefined : database.ordinary),
      );
    });
    afterAll(() => connection.close());

    test.each(Object.entries(ATTACKS))("%s", async (_, statements) => {
      const before = (await watcher.query(STATE)).rows;
      const passed: string[] = [];
      for (const sql of statements) {
        const outcome = await connection.run(sql);
        if (!("refused" in outcome)) passed.push(`${sql} -> ${JSON.stringify(outcome)}`);
      }
      expect(passed).toEqual([]);
      // Were the guard to refuse everything, all of the above would hold as well.
      expect(await connection.run("SELECT id FROM canary WHERE id = 1")).toEqual({ rows: [["1"]] });
      expect((await watcher.query(STATE)).rows).toEqual(before);
      expect(heard).toEqual([]);
      expect(existsSync("/tmp/portico-guard-stolen")).toBe(false);
    });

    test("PG6: nothing is left of one call in the next", async () => {
      const facts =
        "SELECT current_setting('canary.struck', true), current_user, current_schemas(false)";
      const before = await connection.run(facts);
      for (const sql of Object.values(ATTACKS).flat()) await connection.run(sql);
      expect(await connection.run(facts)).toEqual(before);
    });

    test.each([
      "SELECT count(*) FROM generate_series(1, 1000000000000)",
      "SELECT count(*) FROM pg_class a, pg_class b, pg_class c, pg_class d",
      "WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r",
    ])("PG8: %s is stopped by the time limit", async (sql) => {
      const limited = await guarded(urlOf(user), [], 300);
      expect(await limited.run(sql)).toEqual({
        failed: "canceling statement due to statement timeout",
      });
      await limited.close();
    });

    test.each([
      ["a value of a gigabyte", "SELECT length(repeat('x', 1100000000))"],
      ["an answer of five thousand columns", `SELECT ${Array(5_000).fill("1").join(", ")}`],
      ["a regular expression that repeats itself", "SELECT repeat('a', 30) ~ '^(a+)+$'"],
    ])("PG8: %s does no harm", async (_, sql) => {
      expect(await connection.run(sql)).not.toHaveProperty("refused");
      expect(await connection.run("SELECT 1")).toEqual({ rows: [["1"]] });
    });
  });
});
