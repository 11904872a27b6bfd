import { accept } from "@portico/core/testing";
import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { beforeEach, describe, expect, test } from "vitest";
import { call, refusal } from "../support/calls.ts";
import { clientOn } from "../support/server.ts";

const UNSAFE = "theirs.f() is not known to be safe";

describe.each([15, 18] as const)("on PostgreSQL %i, what query refuses is", (version) => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase(version);
    const user = `user_${database.name}`;
    await database.run(`
      CREATE ROLE ${user}; CREATE SCHEMA theirs AUTHORIZATION ${user};
      SET ROLE ${user};
      CREATE FUNCTION theirs.f() RETURNS bool IMMUTABLE LANGUAGE plpgsql AS $$ BEGIN RAISE 'it ran'; END $$;
      CREATE VIEW theirs.trap AS SELECT theirs.f();
      CREATE TABLE theirs.plain (id int); INSERT INTO theirs.plain VALUES (1);
    `);
  });

  test("no sample either", async () => {
    const client = await clientOn(database.url());
    const trap = { schema_name: "theirs", table_name: "trap" };
    expect(await refusal(client, "query", { sql: "TABLE theirs.trap" })).toContain(UNSAFE);
    expect(await refusal(client, "sample_rows", trap)).toContain(UNSAFE);
    const uri = (schema: string, table: string) =>
      `postgres://${database.name}/${schema}/${table}/rows`;
    await expect(client.readResource(uri("theirs", "trap"))).rejects.toThrow(UNSAFE);
    for (const name of ["pg_authid", "pg_shadow", "pg_hba_file_rules", "pg_user_mapping"]) {
      const told = await refusal(client, "query", { sql: `TABLE pg_catalog.${name}` });
      const args = { schema_name: "pg_catalog", table_name: name };
      expect(await refusal(client, "sample_rows", args)).toBe(told);
      await expect(client.readResource(uri("pg_catalog", name))).rejects.toThrow(told);
    }
    const plain = { schema_name: "theirs", table_name: "plain" };
    expect(JSON.parse(await call(client, "sample_rows", plain))).toEqual([{ id: 1 }]);
  });

  test("neither planned to ask the user about it, nor asked about", async () => {
    const asked: string[] = [];
    const client = await clientOn(database.url(), {
      operator: { "access-mode": "read-write" },
      answers: {
        execute: ({ message }) => {
          asked.push(message);
          return accept();
        },
      },
    });
    for (const sql of [
      "DELETE FROM theirs.plain WHERE theirs.f()",
      "UPDATE theirs.plain SET id = CASE WHEN theirs.f() THEN 2 END",
      "DELETE FROM theirs.plain WHERE true OR theirs.f()",
    ]) {
      expect(await refusal(client, "execute_sql", { sql })).toContain(UNSAFE);
    }
    expect(asked).toEqual([]);
  });
});
