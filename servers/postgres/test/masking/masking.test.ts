import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { beforeAll, describe, expect, test } from "vitest";
import { call, refusal, structured } from "../support/calls.ts";
import { clientOn } from "../support/server.ts";

const SECRET = "ann@secret.example";

const MASK = [
  "app.users.email=email",
  "app.users.phone=last4",
  "app.users.token=hash",
  "*.*.ssn=full",
  "app.users.salary=null",
  "app.shown.*=none",
  "app.logs.body=full",
  "app.made.shown=none",
  "app.made.mail=full",
  "app.child.pin=full",
];

const TABLES = `
CREATE SCHEMA app;
CREATE TABLE app.users (id int PRIMARY KEY, name text, email text UNIQUE, phone text, token text, ssn text, salary int CHECK (salary > 0));
INSERT INTO app.users VALUES (1, 'Ann', '${SECRET}', '0151 2345678', 'tok-secret', '123-45-6789', 4242), (2, 'Bob', NULL, '1', 'tok-secret', NULL, 10);
CREATE TABLE app.orders (id int, user_id int, email text);
INSERT INTO app.orders VALUES (1, 1, 'shop@example.com');
CREATE VIEW app.emails AS SELECT id, lower(email) AS e FROM app.users;
CREATE VIEW app.rows AS SELECT to_json(u) AS j FROM app.users u;
CREATE VIEW app.deeper AS SELECT * FROM app.emails;
CREATE VIEW app.shown AS SELECT id, email FROM app.users;
CREATE VIEW app.names AS SELECT id, name FROM app.users;
CREATE TABLE app.logs (at date NOT NULL, body text) PARTITION BY RANGE (at);
CREATE TABLE app.logs_1 PARTITION OF app.logs FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
INSERT INTO app.logs VALUES ('2025-06-01', 'log-secret');
CREATE TABLE public.other (ssn text);
CREATE VIEW app.both AS SELECT ssn, lower(ssn) AS l FROM app.users;
CREATE MATERIALIZED VIEW app.stored AS SELECT email FROM app.users;
CREATE TABLE app.made (mail text, part text GENERATED ALWAYS AS (split_part(mail, '@', 1)) STORED, shown text GENERATED ALWAYS AS (right(mail, 3)) STORED);
INSERT INTO app.made VALUES ('ann@secret.example');
CREATE TABLE app.base (id int, pin text); CREATE TABLE app.child () INHERITS (app.base);
INSERT INTO app.child VALUES (1, 'pin-secret');
INSERT INTO public.other VALUES ('999-secret');
CREATE TABLE app.people (id int, ssn text UNIQUE);
CREATE TABLE app.cards (ssn text REFERENCES app.people (ssn) DEFERRABLE INITIALLY DEFERRED);
INSERT INTO app.people VALUES (1, 'ssn-secret');
INSERT INTO app.cards VALUES ('ssn-secret');
ANALYZE;
`;

describe.each([15, 18] as const)("masked columns on PostgreSQL %s", (version) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createDatabase(version);
    await database.run(TABLES);
  });
  const masked = (accessMode: "read-only" | "read-write" = "read-only") =>
    clientOn(database.url(), { operator: { mask: MASK, "access-mode": accessMode } });

  test("come as their rule says, in samples, queries and other formats", async () => {
    const client = await masked();
    const expected = {
      id: 1,
      name: "Ann",
      email: "a***@secret.example",
      phone: "***5678",
      token: expect.stringMatching(/^[0-9a-f]{16}$/),
      ssn: "***",
      salary: null,
    };
    const [sample] = JSON.parse(
      await call(client, "sample_rows", { schema_name: "app", table_name: "users" }),
    );
    expect(sample).toEqual(expected);
    const [first, second] = JSON.parse(
      await call(client, "query", { sql: "SELECT * FROM app.users ORDER BY id" }),
    );
    expect(first).toEqual(expected);
    expect(second).toMatchObject({ email: null, phone: "***", ssn: null, token: first.token });
    const { rows } = await structured(client, "query", {
      sql: "SELECT ssn, id FROM app.users",
      format: "csv",
    });
    expect(rows).toEqual([
      ["***", 1],
      [null, 2],
    ]);
    expect(JSON.parse(await call(client, "query", { sql: "TABLE other" }))).toEqual([
      { ssn: "***" },
    ]);
  });

  test.each([
    "SELECT id, email AS contact FROM app.users",
    "SELECT u.email, o.id FROM app.users u JOIN app.orders o ON o.user_id = u.id ORDER BY o.id",
    "SELECT u.*, count(*) OVER () FROM app.users u",
    "SELECT DISTINCT ON (id) id, email FROM app.users ORDER BY id",
    "SELECT email, count(*) FROM app.users GROUP BY (id, name)",
    "SELECT a.email, b.email FROM app.users a, app.users b",
    "SELECT email FROM app.users WHERE id = 1 ORDER BY name",
    "SELECT id, email FROM app.users WHERE EXISTS (SELECT * FROM app.users x WHERE x.id = 1)",
    "WITH o AS (SELECT * FROM app.orders) SELECT u.email, o.* FROM app.users u, o",
    "SELECT body FROM app.logs_1",
    "TABLE app.logs",
    "SELECT part FROM app.made",
    "SELECT * FROM app.base",
  ])("are masked where they are shown as they are: %s", async (sql) => {
    const answer = await call(await masked(), "query", { sql });
    expect(answer).toContain("***");
    expect(answer).not.toContain(SECRET);
    expect(answer).not.toContain('secret"');
  });

  test.each([
    "SELECT count(*) FROM app.users",
    "SELECT name FROM app.users WHERE id = 1",
    "SELECT o.email FROM app.orders o WHERE o.email LIKE 'shop%'",
    "SELECT upper(o.email) FROM app.orders o JOIN app.users u ON u.id = o.user_id",
    "SELECT * FROM app.names",
    "SELECT email FROM app.shown",
    "SELECT count(*) FROM app.logs",
    "SELECT upper(shown) FROM app.made",
    "SELECT x.n FROM (SELECT name AS n FROM app.users) x",
    "SELECT DISTINCT name FROM app.users",
    "SELECT DISTINCT o.* FROM app.orders o JOIN app.users u ON u.id = o.user_id",
    "SELECT DISTINCT * FROM (SELECT name FROM app.users) x",
    "SELECT name, count(*) FROM app.users GROUP BY CUBE (1)",
    "SELECT name FROM app.users UNION SELECT 'x'",
    "EXPLAIN SELECT email FROM app.users",
  ])("are no hindrance where they are not used: %s", async (sql) => {
    expect(await call(await masked(), "query", { sql })).not.toContain("***");
  });

  test.each([
    "SELECT lower(email) FROM app.users",
    "SELECT email || '' AS email FROM app.users",
    "SELECT id FROM app.users WHERE email = 'ann@secret.example'",
    "SELECT id FROM app.users u WHERE u.email > 'a'",
    "SELECT id, email FROM app.users ORDER BY email",
    "SELECT id, email FROM app.users ORDER BY 2",
    "SELECT id, email AS e FROM app.users ORDER BY e",
    "SELECT email, count(*) FROM app.users GROUP BY 1",
    "SELECT email, count(*) FROM app.users GROUP BY email",
    "SELECT DISTINCT email FROM app.users",
    "SELECT DISTINCT * FROM app.users",
    "SELECT DISTINCT u.* FROM app.users u JOIN app.orders o ON o.user_id = u.id",
    "SELECT DISTINCT ON (email) id FROM app.users",
    "SELECT DISTINCT ON (1) email, id FROM app.users",
    "SELECT DISTINCT ON (x) email AS x, id FROM app.users",
    "SELECT email, count(*) FROM app.users GROUP BY ROLLUP (1)",
    "SELECT email AS x, count(*) FROM app.users GROUP BY CUBE (x)",
    "SELECT email, id FROM app.users GROUP BY GROUPING SETS ((1), (1, 2), ())",
    "SELECT email, id FROM app.users GROUP BY GROUPING SETS (ROLLUP (2, 1))",
    "SELECT email, id FROM app.users GROUP BY (1, 2)",
    "SELECT email AS x, id FROM app.users GROUP BY (x, id)",
    "SELECT EXISTS (SELECT DISTINCT ON (3) * FROM app.users OFFSET 1)",
    "SELECT EXISTS (SELECT * FROM public.other GROUP BY 1 OFFSET 1)",
    "SELECT max(salary) FROM app.users",
    "SELECT to_json(u) FROM app.users u",
    "SELECT to_json(u.*) FROM app.users u",
    "SELECT u FROM app.users u",
    "SELECT u::text FROM app.users u",
    "SELECT users FROM app.users",
    "SELECT app.users FROM app.users",
    "SELECT (u).email FROM app.users u",
    "SELECT row(u.*) FROM app.users u",
    "SELECT email FROM app.users UNION SELECT '1'",
    "SELECT * FROM app.users UNION ALL SELECT * FROM app.users",
    "TABLE app.users EXCEPT TABLE app.users",
    "SELECT '1' INTERSECT SELECT email FROM app.users",
    "SELECT s.x FROM (SELECT email AS x FROM app.users) s",
    "SELECT lower(s.b) FROM (SELECT * FROM app.users) s(a, c, b)",
    "SELECT lower(b) FROM app.users AS u(a, c, b)",
    "SELECT b FROM (app.users u CROSS JOIN app.orders o) AS j(a, c, b)",
    "WITH c AS (SELECT * FROM app.users) SELECT c.* FROM c",
    "WITH c(x) AS (SELECT email FROM app.users) SELECT upper(x) FROM c",
    "WITH RECURSIVE c(x) AS (SELECT email FROM app.users UNION ALL SELECT x FROM c WHERE false) SELECT x FROM c",
    "SELECT (SELECT email FROM app.users LIMIT 1)",
    "SELECT ARRAY(SELECT email FROM app.users)",
    "SELECT 1 WHERE 'x' IN (SELECT email FROM app.users)",
    "SELECT 1 WHERE 'x' IN (TABLE public.other)",
    "SELECT o.id FROM app.orders o JOIN app.users u USING (email)",
    "SELECT o.id FROM app.orders o NATURAL JOIN app.users u",
    "SELECT l.x FROM app.users u, LATERAL (SELECT u.email AS x) l",
    "SELECT l.x FROM app.users u, LATERAL (VALUES (u.email)) l(x)",
    "SELECT x FROM app.users u, unnest(ARRAY[u.email]) x",
    "SELECT name FROM app.users GROUP BY name HAVING max(email) > 'a'",
    "SELECT id, rank() OVER (ORDER BY email) FROM app.users",
    "SELECT id, rank() OVER w FROM app.users WINDOW w AS (PARTITION BY email)",
    "SELECT id FROM app.users LIMIT (SELECT length(email) FROM app.users LIMIT 1)",
    "SELECT CASE WHEN email LIKE 'a%' THEN 1 END FROM app.users",
    "SELECT json_agg(x) FROM (SELECT * FROM app.users) x",
    "SELECT EXISTS (SELECT 1 FROM app.users WHERE email LIKE 'a%')",
    "EXPLAIN SELECT id FROM app.users WHERE email = 'x'",
    "SELECT lower(body) FROM app.logs_1",
    "SELECT * FROM app.emails",
    "SELECT * FROM app.stored",
    "SELECT l FROM app.both",
    "SELECT ssn FROM app.both",
    "SELECT lower(part) FROM app.made",
    "SELECT max(pin) FROM app.base",
    "SELECT 1 FROM app.deeper",
    "SELECT j FROM app.rows",
    "SELECT most_common_vals FROM pg_stats",
    "SELECT most_common_vals FROM pg_catalog.pg_stats WHERE tablename = 'users'",
  ])("refuse what could tell of them: %s", async (sql) => {
    const client = await masked();
    const sentence = await refusal(client, "query", { sql });
    expect(sentence).toMatch(/masked|not known|cannot|not among|refused|holds/);
    expect(sentence).not.toContain("secret");
  });

  test("are no hindrance to a plan, for any value either", async () => {
    const sql = "SELECT email FROM app.users WHERE id = $1";
    expect(await call(await masked(), "explain_query", { sql })).toContain("Scan");
    const guess = { sql: "SELECT id FROM app.users WHERE email = $1" };
    expect(await refusal(await masked(), "explain_query", guess)).toContain("masked here");
  });

  test("are told by no advice about indexes: how many rows a plan expects follows from the values", async () => {
    const client = await masked();
    const queries = [
      "SELECT id FROM app.users WHERE email = 'ann@secret.example'",
      "SELECT email FROM app.users WHERE name = 'Ann'",
    ];
    const advice = await call(client, "analyze_query_indexes", { queries });
    expect(advice).toMatch(/Not studied \(1\):\n.*masked here/);
    expect(advice).not.toMatch(/indexes? on .*\(email\)/i);
  });

  test("are in no error: what it shows of a row is left out", async () => {
    const client = await masked("read-write");
    const sql = "UPDATE app.users SET salary = -1 WHERE id = 1";
    const sentence = await refusal(client, "execute_sql", { sql });
    expect(sentence).toContain("violates check constraint");
    expect(sentence).not.toMatch(/secret|0151|4242/);
  });

  test("are in no error of what ends a transaction", async () => {
    const client = await masked("read-write");
    const sql = "DELETE FROM app.people WHERE id = 1";
    const { transaction } = await structured(client, "begin_transaction", {});
    await call(client, "execute_sql", { sql, transaction });
    for (const sentence of [
      await refusal(client, "commit_transaction", { transaction }),
      await refusal(client, "execute_sql", { sql }),
    ]) {
      expect(sentence).toContain("violates foreign key constraint");
      expect(sentence).not.toContain("secret");
    }
  });

  test("stay masked when rows are changed, and are not copied elsewhere", async () => {
    const client = await masked("read-write");
    const add =
      "INSERT INTO app.users (id, email) VALUES (7, 'new@secret.example') RETURNING id, email";
    expect(await call(client, "execute_sql", { sql: add })).toContain("n***@secret.example");
    const star = "UPDATE app.users SET name = 'x' WHERE id = 7 RETURNING *";
    expect(await call(client, "execute_sql", { sql: star })).toContain("n***@secret.example");
    for (const sql of [
      "UPDATE app.users SET name = email WHERE id = 1",
      "UPDATE app.orders o SET email = u.email FROM app.users u WHERE u.id = o.user_id",
      "INSERT INTO app.orders (email) SELECT email FROM app.users",
      "INSERT INTO app.orders SELECT id, id, ssn FROM app.users",
      "DELETE FROM app.users WHERE email LIKE 'a%'",
      "DELETE FROM app.users WHERE id = 7 RETURNING lower(email)",
      "INSERT INTO app.users (id) VALUES (8) ON CONFLICT (id) DO UPDATE SET name = app.users.email",
      "MERGE INTO app.orders o USING app.users u ON o.user_id = u.id WHEN MATCHED THEN UPDATE SET email = u.email",
      "WITH c AS (DELETE FROM app.users WHERE id = 7 RETURNING *) SELECT lower(c.email) FROM c",
    ]) {
      expect(await refusal(client, "execute_sql", { sql }), sql).toContain("masked here");
    }
    await call(client, "execute_sql", { sql: "DELETE FROM app.users WHERE id = 7" });
  });

  test("a rule that cannot be understood stops the server", async () => {
    await expect(clientOn(database.url(), { operator: { mask: ["email"] } })).rejects.toThrow(
      "write schema.table.column=kind",
    );
  });
});
