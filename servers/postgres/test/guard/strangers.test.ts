import { beforeAll, describe, expect, test } from "vitest";
import type { AccessMode } from "../../src/guard/access-mode.ts";
import { type GuardedDatabase, guarded, guardedDatabase, type Outcome } from "./support/guarded.ts";

describe.each([15, 18] as const)(
  "on PostgreSQL %i, a function that an ordinary user made",
  (version) => {
    let database: GuardedDatabase;
    let program: string;
    beforeAll(async () => {
      database = await guardedDatabase(version);
      program = `program_${database.name}`;
      await database.run(`
      CREATE ROLE ${program} LOGIN;
      GRANT pg_read_all_data, pg_write_all_data, pg_execute_server_program TO ${program};
      CREATE TABLE own (id int); INSERT INTO own VALUES (1);
      CREATE FUNCTION own_check(int) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT true';
      CREATE INDEX ON own (id) WHERE own_check(1);
      SET ROLE ${database.ordinary};
      CREATE SCHEMA theirs;
      CREATE FUNCTION theirs.f(int) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT true';
      CREATE FUNCTION theirs.g() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
      CREATE OPERATOR theirs.=== (LEFTARG = int, RIGHTARG = int, FUNCTION = int4eq);
      CREATE TABLE theirs.plain (id int DEFAULT 1);
      CREATE TABLE theirs.indexed (id int); CREATE INDEX ON theirs.indexed (id) WHERE theirs.f(1);
      CREATE TABLE theirs.checked (id int CHECK (theirs.f(2)));
      CREATE TABLE theirs.parent (id int) PARTITION BY RANGE (id);
      CREATE TABLE theirs.child PARTITION OF theirs.parent FOR VALUES FROM (0) TO (10);
      CREATE INDEX ON theirs.child (id) WHERE theirs.f(3);
      CREATE TABLE theirs.policed (id int);
      ALTER TABLE theirs.policed ENABLE ROW LEVEL SECURITY;
      CREATE POLICY p ON theirs.policed USING (theirs.f(id));
      CREATE TABLE theirs.triggering (id int);
      CREATE TRIGGER t BEFORE INSERT ON theirs.triggering FOR EACH ROW EXECUTE FUNCTION theirs.g();
      CREATE TABLE theirs.defaulting (id bool DEFAULT theirs.f(4));
      CREATE VIEW theirs.view AS SELECT * FROM theirs.indexed;`);
    });

    async function outcome(
      user: string | undefined,
      sql: string,
      mode: AccessMode = "read-only",
      allowed: string[] = [],
    ): Promise<Outcome> {
      const connection = await guarded(database.url(user), allowed);
      try {
        return await connection.run(sql, mode);
      } finally {
        await connection.close();
      }
    }

    const reading = ["indexed", "checked", "parent", "policed", "view"];
    const privileged = ["a superuser", "one who may run programs"] as const;
    const users = (who: string) => (who === "a superuser" ? undefined : program);

    describe.each(privileged)("is not run by %s", (who) => {
      test.each(reading)("who reads %s", async (table) => {
        expect(await outcome(users(who), `SELECT * FROM theirs.${table}`)).toEqual({
          refused: expect.stringContaining("runs theirs.f(), which an ordinary user made"),
        });
      });

      test.each(["triggering", "defaulting"])("who writes to %s", async (table) => {
        const sql = `INSERT INTO theirs.${table} DEFAULT VALUES`;
        expect(await outcome(users(who), sql, "read-write")).toEqual({
          refused: expect.stringMatching(/runs theirs\.[fg]\(\), which an ordinary user made/),
        });
        expect(await outcome(users(who), `TABLE theirs.${table}`)).toHaveProperty("rows");
      });

      test("who may read and write what calls nothing, and what a superuser made", async () => {
        expect(await outcome(users(who), "TABLE theirs.plain")).toEqual({ rows: [] });
        expect(await outcome(users(who), "TABLE own")).toEqual({ rows: [["1"]] });
        const insert = "INSERT INTO theirs.plain DEFAULT VALUES RETURNING id";
        expect(await outcome(users(who), insert, "read-write")).toEqual({ rows: [["1"]] });
      });

      test("unless the operator allows it", async () => {
        const table = "TABLE theirs.indexed";
        expect(await outcome(users(who), table, "read-only", ["theirs.f"])).toEqual({ rows: [] });
      });
    });

    test.each(reading)(
      "is run by an ordinary user who reads %s, as the table's owner wants",
      async (table) => {
        expect(await outcome(database.ordinary, `SELECT * FROM theirs.${table}`)).toEqual({
          rows: [],
        });
      },
    );
  },
);
