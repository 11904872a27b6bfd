import { Client } from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { EVIL } from "./support/evil.ts";
import { type GuardedDatabase, guarded, guardedDatabase, type Outcome } from "./support/guarded.ts";

describe.each([15, 18] as const)("on PostgreSQL %i", (version) => {
  let database: GuardedDatabase;
  beforeAll(async () => {
    database = await guardedDatabase(version);
    await database.run(`
      ${EVIL};
      CREATE SCHEMA app;
      CREATE FUNCTION split_part(text, text, text DEFAULT '') RETURNS text LANGUAGE sql AS 'SELECT $1';
      CREATE FUNCTION translate(VARIADIC text[]) RETURNS text LANGUAGE sql AS 'SELECT $1[1]';
      CREATE FUNCTION app.slug(text) RETURNS text LANGUAGE sql AS 'SELECT replace($1, '' '', ''-'')';
      CREATE FUNCTION round(numeric, int, int) RETURNS int LANGUAGE sql AS 'SELECT $2';
      CREATE TYPE working_hours AS RANGE (SUBTYPE = int, MULTIRANGE_TYPE_NAME = working_hours_multi);
      CREATE TABLE shifts (during working_hours);
      CREATE TABLE people (id int, name text); INSERT INTO people VALUES (1, 'Ann Lee');
      CREATE VIEW short AS SELECT lower(name) AS name, count(*) FROM people GROUP BY 1;
      CREATE VIEW slugs AS SELECT app.slug(name) AS slug FROM people;
      CREATE EXTENSION pg_trgm; CREATE EXTENSION citext; CREATE EXTENSION tablefunc;
      CREATE EXTENSION "uuid-ossp"; CREATE EXTENSION pg_stat_statements; CREATE EXTENSION pgcrypto;`);
  });

  /** Each statement in a session of its own, as one who has the schema `evil` on the search path. */
  async function outcome(
    sql: string,
    allowed: string[] = [],
    path = "public, evil",
  ): Promise<Outcome> {
    await database.run(`ALTER DATABASE ${database.name} SET search_path = ${path}`);
    const connection = await guarded(database.url(), allowed);
    try {
      return await connection.run(sql);
    } finally {
      await connection.close();
    }
  }

  describe("a function somebody made is refused, named with the way to it,", () => {
    test.each([
      ["called", "SELECT evil.strike()", "evil.strike() is not known to be safe"],
      ["without its schema", "SELECT strike()", "evil.strike() is not known to be safe"],
      ["said to be immutable", "SELECT evil.harmless_it_says()", "evil.harmless_it_says() is"],
      ["standing before PostgreSQL's own", "SELECT lower('X')", "write pg_catalog.lower()"],
      ["as an operator", "SELECT 1 === 2", "The operator === is a call: evil.same()"],
      ["as a named operator", "SELECT 1 OPERATOR(evil.===) 2", "The operator === is a call"],
      ["as an implied operator", "SELECT 1 BETWEEN 2 AND 3", "The operator <= is a call"],
      ["as a column", "SELECT p.full_name FROM people p", ".full_name may be a call"],
      ["as a field", "SELECT (p).full_name FROM people p", ".full_name may be a call"],
      ["in a view", "TABLE evil.view", "What the view evil.view calls is refused: evil.strike()"],
      ["in a view of a view", "TABLE evil.view_of_view", "the view evil.view calls is refused"],
      [
        "in a condition of a view",
        "TABLE evil.filtering",
        "What the view evil.filtering calls is refused: evil.same()",
      ],
      ["in a domain", "SELECT 1::evil.checked", "What the domain evil.checked calls is refused"],
      ["in a range's domain", "SELECT '[1,2)'::evil.span", "the domain evil.checked calls"],
      [
        "with arguments it has defaults for",
        "SELECT split_part('a', 'b')",
        "may mean public.split_part()",
      ],
      [
        "with any number of arguments",
        "SELECT translate('a', 'b', 'c', 'd')",
        "may mean public.translate()",
      ],
      ["in a field's domain", "SELECT NULL::evil.holder", "the domain evil.checked calls"],
      [
        "as a type's name",
        "SELECT evil.checked(1)",
        "What the domain evil.checked calls is refused",
      ],
      ["as a cast", "SELECT coin FROM evil.purse", "is a call: evil.told()"],
      ["under a name that is syntax now", "SELECT json_value('{}', '$.a')", "evil.json_value() is"],
    ])("%s", async (_, sql, reason) => {
      expect(await outcome(sql)).toEqual({ refused: expect.stringContaining(reason) });
    });
  });

  test.each([
    ["What is dangerous in itself is refused in a view", "TABLE evil.sleeper", "pg_sleep() holds"],
    ["What holds passwords is refused in a view", "TABLE evil.passwords", "pg_shadow may hold"],
    ["A function that is not there is refused", "SELECT nope(1)", "There is no function nope()"],
    [
      "A function of an extension that runs text is refused",
      "SELECT * FROM crosstab('SELECT 1, 2, 3') AS t (a int, b int)",
      "public.crosstab() is not known to be safe",
    ],
    [
      "A function that changes the session is refused",
      "SELECT set_limit(0.1)",
      "public.set_limit()",
    ],
    [
      "A built-in function nobody looked at is refused",
      "SELECT currtid2('a', '(0,1)')",
      "leave it out",
    ],
  ])("%s", async (_, sql, reason) => {
    expect(await outcome(sql)).toEqual({ refused: expect.stringContaining(reason) });
  });

  test.each([
    "SELECT pg_catalog.lower(name) FROM people",
    "SELECT * FROM people WHERE name = 'a' AND id IN (1, 2)",
    "SELECT similarity(name, 'x'), name % 'y' FROM people",
    "SELECT 'A'::citext = 'a', uuid_generate_v4(), digest('a', 'sha256')",
    "SELECT count(*) FROM pg_stat_statements",
    "SELECT * FROM information_schema.columns LIMIT 1",
    "SELECT * FROM pg_settings LIMIT 1",
    "SELECT int4(1.5), date('2020-01-01'), uuid('6ba7b810-9dad-11d1-80b4-00c04fd430c8')",
    "SELECT during, working_hours(1, 2), '{[1,2)}'::working_hours_multi FROM shifts",
    "SELECT round(1.5)",
    "WITH people AS (SELECT 1 AS id) SELECT id FROM people",
  ])("what is PostgreSQL's own or of a known extension runs: %s", async (sql) => {
    expect(await outcome(sql)).toHaveProperty("rows");
  });

  test("a view of what is known to be safe runs", async () => {
    expect(await outcome("TABLE short", [], "public")).toEqual({ rows: [["ann lee", "1"]] });
  });

  test("a function the operator allows runs, called and in a view", async () => {
    const call = "SELECT app.slug('a b')";
    expect(await outcome(call)).toEqual({
      refused:
        "app.slug() is not known to be safe; have the operator add --allow-function app.slug.",
    });
    expect(await outcome(call, ["app.slug"])).toEqual({ rows: [["a-b"]] });
    expect(await outcome("TABLE slugs", ["app.*"])).toEqual({ rows: [["Ann-Lee"]] });
    expect(await outcome("TABLE evil.view", ["app.*"])).toHaveProperty("refused");
  });

  test("a session that reads text or names otherwise than the parser is refused", async () => {
    const client = new Client(database.url());
    await client.connect();
    await client.query(`ALTER ROLE ${database.ordinary} SET standard_conforming_strings = off`);
    await client.end();
    const connection = await guarded(database.url(database.ordinary));
    const smuggled = "SELECT '\\'', pg_sleep(1) --'";
    expect(await connection.run(smuggled)).toEqual({
      refused: expect.stringContaining("standard_conforming_strings"),
    });
    await connection.close();
    expect(await outcome("SELECT 1", [], "evil, pg_catalog")).toEqual({
      refused: expect.stringContaining("leave pg_catalog out of it"),
    });
  });

  test("what passed is looked at again once the database has changed", async () => {
    await database.run(`ALTER DATABASE ${database.name} SET search_path = public`);
    await database.run("CREATE TABLE trusted (a text); INSERT INTO trusted VALUES ('A')");
    await database.run("CREATE VIEW inner_view AS SELECT upper(a) AS a FROM trusted");
    await database.run("CREATE VIEW outer_view AS SELECT * FROM inner_view");
    const connection = await guarded(database.url());
    const view = "TABLE outer_view";
    const call = "SELECT initcap(a::varchar) FROM trusted";
    for (const sql of [view, view, view, call, call]) {
      expect(await connection.run(sql)).toEqual({ rows: [["A"]] });
    }
    await database.run("CREATE OR REPLACE VIEW inner_view AS SELECT evil.strike()::text AS a");
    expect(await connection.run(view)).toHaveProperty("refused");
    await database.run(
      "CREATE FUNCTION evil.waits(varchar) RETURNS text LANGUAGE sql AS 'SELECT evil.strike()::text'",
    );
    await database.run("ALTER FUNCTION evil.waits(varchar) RENAME TO initcap");
    expect(await connection.run(call)).toEqual({ rows: [["A"]] });
    await database.run("ALTER FUNCTION evil.initcap(varchar) SET SCHEMA public");
    expect(await connection.run(call)).toEqual({
      refused: expect.stringContaining("may mean public.initcap()"),
    });
    await connection.close();
  });
});
