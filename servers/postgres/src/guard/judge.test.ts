import { describe, expect, test } from "vitest";
import type { AccessMode } from "./access-mode.ts";
import { judge } from "./judge.ts";

test("what one mode allows is judged anew in another", async () => {
  const sql = "DELETE FROM only_here WHERE id = 1";
  for (let time = 0; time < 2; time++) {
    await expect(judge(sql, "read-write")).resolves.toMatchObject({ sql, mode: "read-write" });
    await expect(judge(sql, "admin")).resolves.toMatchObject({ sql, mode: "admin" });
    await expect(judge(sql, "read-only")).rejects.toThrow("DELETE changes data");
  }
});

describe("a refusal is one sentence that says what, and what to do instead:", () => {
  test.each<[string, AccessMode, string]>([
    [
      "DELETE FROM t",
      "read-only",
      "DELETE changes data; this call only reads; use execute_sql, on a server started with --access-mode read-write.",
    ],
    [
      "SELECT * FROM t FOR UPDATE",
      "read-only",
      "FOR UPDATE and FOR SHARE lock rows; this call only reads; use execute_sql, on a server started with --access-mode read-write.",
    ],
    [
      "SELECT nextval('s')",
      "read-only",
      "nextval() changes a sequence; this call only reads; use execute_sql, on a server started with --access-mode read-write.",
    ],
    [
      "create table t (a int)",
      "read-only",
      "CREATE does more than change rows; this call only reads; use execute_sql, on a server started with --access-mode admin.",
    ],
    [
      "TRUNCATE t",
      "read-write",
      "TRUNCATE does more than change rows; this server only changes rows. Start it with --access-mode admin to allow it.",
    ],
    [
      "SELECT * INTO a FROM b",
      "read-write",
      "SELECT … INTO makes a table; leave INTO out, or use CREATE TABLE AS in admin mode.",
    ],
    [
      "SELECT pg_sleep(1)",
      "read-write",
      "pg_sleep() holds a connection and does nothing with it; leave it out, this server does not run it.",
    ],
    [
      "UPDATE pg_class SET relname = 'a'",
      "read-write",
      "pg_class belongs to PostgreSQL and is not written to; change it by the command made for it.",
    ],
    [
      "SELECT * FROM pg_shadow",
      "read-only",
      "pg_shadow may hold secrets and is not read; use pg_roles.",
    ],
    [
      "BEGIN",
      "admin",
      "Every call has its own transaction; use the transaction tools for one over several calls.",
    ],
    ["SELECT 1; SELECT 2", "admin", "Send one statement a call."],
    [" -- nothing", "admin", "There is no statement; send one."],
    [
      "SELEC 1",
      "read-only",
      'PostgreSQL cannot parse this: syntax error at or near "SELEC", at character 1.',
    ],
    [
      "SET work_mem = '1GB'",
      "read-only",
      "Settings are not changed from here; every call starts with the operator's.",
    ],
    ["EXPLAIN (NOISE) SELECT 1", "read-only", "EXPLAIN has no option noise; leave it out."],
    [
      "SELECT a.b.c.f()",
      "read-only",
      "Leave the database out of a.b.c.f: write schema and name only.",
    ],
    [
      "SELECT 1\0",
      "read-only",
      "The statement is not valid text: it holds a NUL or half a character.",
    ],
  ])("%s (%s)", async (sql, mode, message) => {
    await expect(judge(sql, mode)).rejects.toThrow(message);
  });
});

describe("a judgement tells of a statement", () => {
  test.each<[string, AccessMode, Record<string, unknown>]>([
    ["SELECT 1", "read-only", { kind: "select", readOnly: true, isQuery: true }],
    ["VALUES (1)", "read-write", { kind: "select", readOnly: true, isQuery: true }],
    ["TABLE t", "admin", { kind: "select", readOnly: true, isQuery: true }],
    ["SELECT nextval('s')", "read-write", { kind: "select", readOnly: false, isQuery: true }],
    ["SELECT own()", "read-only", { kind: "select", readOnly: true }],
    ["SELECT own()", "read-write", { kind: "select", readOnly: false }],
    ["SELECT own()", "admin", { kind: "select", readOnly: false }],
    ["SELECT pg_sleep(1)", "admin", { kind: "select", readOnly: false, isQuery: false }],
    ["SELECT 1 FOR UPDATE", "read-write", { kind: "select", readOnly: false }],
    [
      "WITH d AS (DELETE FROM t WHERE a = 1 RETURNING *) TABLE d",
      "read-write",
      { kind: "select", readOnly: false, isQuery: false },
    ],
    ["INSERT INTO t VALUES (1)", "read-write", { kind: "insert", readOnly: false, isQuery: false }],
    ["EXPLAIN DELETE FROM t", "read-only", { kind: "explain", readOnly: true, isQuery: false }],
    ["EXPLAIN ANALYZE SELECT 1", "read-only", { kind: "explain", readOnly: true }],
    ["EXPLAIN ANALYZE DELETE FROM t", "read-write", { kind: "explain", readOnly: false }],
    ["SHOW work_mem", "read-only", { kind: "show", readOnly: true, isQuery: false }],
    ["CREATE TABLE t ()", "admin", { kind: "ddl", readOnly: false, needsNoTransaction: false }],
    ["VACUUM t", "admin", { kind: "vacuum", needsNoTransaction: true }],
    ["ANALYZE t", "admin", { kind: "vacuum", needsNoTransaction: false }],
    ["CREATE INDEX CONCURRENTLY ON t (a)", "admin", { needsNoTransaction: true }],
    ["CREATE INDEX ON t (a)", "admin", { needsNoTransaction: false }],
    ["DROP INDEX CONCURRENTLY i", "admin", { needsNoTransaction: true }],
    ["REINDEX (CONCURRENTLY) TABLE t", "admin", { needsNoTransaction: true }],
    ["REINDEX DATABASE d", "admin", { needsNoTransaction: true }],
    ["CREATE DATABASE d", "admin", { needsNoTransaction: true }],
    ["ALTER TABLE t DETACH PARTITION p CONCURRENTLY", "admin", { needsNoTransaction: true }],
    ["ALTER TABLE t ADD COLUMN a int", "admin", { needsNoTransaction: false }],
  ])("%s (%s)", async (sql, mode, told) => {
    expect(await judge(sql, mode)).toMatchObject(told);
  });

  test.each([
    ["SELECT 1;", "SELECT 1"],
    ["  SELECT 1 ; ;\n", "SELECT 1"],
    ["-- é\n/* a /* b */ ; */ SELECT '--;' -- ;\n; -- end", "SELECT '--;'"],
    ["SELECT 'é', /* kept */ 1 /* gone */", "SELECT 'é', /* kept */ 1"],
    ["SELECT $$--;$$--", "SELECT $$--;$$"],
  ])("without what surrounds it: %s", async (sql, own) => {
    expect((await judge(sql, "read-only")).sql).toBe(own);
  });
});

describe("danger is told in a sentence", () => {
  test.each<[string, string]>([
    ["DELETE FROM t", "This deletes every row of t."],
    ["DELETE FROM a.t WHERE true", "This deletes every row of a.t."],
    ["DELETE FROM t WHERE 1 = 1", "This deletes every row of t."],
    ["DELETE FROM t WHERE id = id", "This deletes every row of t."],
    ["DELETE FROM t WHERE a = 1 OR 1 < 2", "This deletes every row of t."],
    ["DELETE FROM t WHERE NOT false AND 'a' = 'a'", "This deletes every row of t."],
    ["DELETE FROM t WHERE EXISTS (SELECT 1)", "This deletes every row of t."],
    ["UPDATE t SET a = 1", "This changes every row of t."],
    ["UPDATE t SET a = 1 WHERE $1", "This changes every row of t."],
    ["WITH d AS (DELETE FROM t RETURNING 1) TABLE d", "This deletes every row of t."],
    ["EXPLAIN ANALYZE UPDATE t SET a = 1", "This changes every row of t."],
    ["MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE", "This deletes every row of t."],
    [
      "MERGE INTO t USING s ON t.a = s.a WHEN NOT MATCHED BY SOURCE THEN DELETE",
      "This deletes every row of t that the source does not have.",
    ],
    ["DROP TABLE a, b.c CASCADE", "This drops a, b.c and all that depends on it."],
    ["DROP SCHEMA s", "This drops s."],
    ["DROP FUNCTION a.f(int)", "This drops a.f."],
    ["DROP TYPE a.t", "This drops a.t."],
    ["DROP DATABASE d", "This drops the whole database d."],
    ["TRUNCATE a, b", "This deletes every row of a, b."],
    ["ALTER TABLE t ADD COLUMN x int, DROP COLUMN c", "This drops the column c of t."],
    ["ALTER TABLE t DROP CONSTRAINT c CASCADE", "This drops the constraint c of t and all that"],
    ["ALTER TABLE t ALTER a TYPE int", "This rewrites the column a of t in another type."],
    ["ALTER TABLE t ALTER c DROP DEFAULT", "This drops the default of the column c of t."],
    ["ALTER TABLE t ALTER c DROP NOT NULL", "This drops NOT NULL of the column c of t."],
    ["ALTER TABLE t ALTER c DROP EXPRESSION", "This drops the expression of the column c of t."],
    ["ALTER TABLE t ALTER c DROP IDENTITY", "This drops the identity of the column c of t."],
    ["ALTER TABLE t DETACH PARTITION p", "This takes p out of t."],
    ["ALTER TABLE c NO INHERIT p", "This takes c out of p."],
    ["ALTER TYPE t DROP ATTRIBUTE a CASCADE", "This drops the column a of t and all that depends"],
    ["ALTER DOMAIN s.d DROP CONSTRAINT c", "This drops the constraint c of the domain s.d."],
    ["ALTER DOMAIN d DROP NOT NULL", "This drops NOT NULL of the domain d."],
    ["ALTER DOMAIN d DROP DEFAULT", "This drops the default of the domain d."],
    ["ALTER EXTENSION e DROP TABLE s.t", "This takes s.t out of the extension e."],
    ["ALTER PUBLICATION p DROP TABLE t", "This takes tables out of the publication p."],
    ["ALTER PUBLICATION p SET TABLE t", "This takes tables out of the publication p."],
    ["ALTER SUBSCRIPTION s DROP PUBLICATION p", "This takes p out of the subscription s."],
    [
      "ALTER TEXT SEARCH CONFIGURATION c DROP MAPPING FOR word",
      "This drops the mapping of word in the text search configuration c.",
    ],
    [
      "ALTER OPERATOR FAMILY f USING btree DROP OPERATOR 1 (int, int)",
      "This drops operators or functions of the operator family f.",
    ],
    ["ALTER SERVER s OPTIONS (SET a 'b', DROP c)", "This drops the option c."],
    ["ALTER FOREIGN TABLE t OPTIONS (DROP c)", "This drops the option c."],
    ["SELECT lo_unlink(1)", "lo_unlink() drops a large object."],
    [
      "SELECT pg_drop_replication_slot('x')",
      "pg_drop_replication_slot() changes replication slots.",
    ],
    ["SELECT pg_terminate_backend(1)", "pg_terminate_backend() ends other people's work."],
    ["ALTER SYSTEM SET work_mem = '1MB'", "This changes a setting of the whole server."],
    ["DO $$ BEGIN END $$", "This runs code whose effect cannot be seen beforehand."],
    ["CALL p()", "This runs a procedure whose effect cannot be seen beforehand."],
    ["DELETE FROM pg_class", "This deletes every row of pg_class."],
  ])("%s", async (sql, danger) => {
    expect((await judge(sql, "admin")).danger).toContain(danger);
  });

  test.each([
    "DELETE FROM t WHERE id = 1",
    "DELETE FROM t WHERE a = 1 AND true",
    "DELETE FROM t WHERE NOT done",
    "UPDATE t SET a = 1 WHERE b IS NULL",
    "INSERT INTO t SELECT * FROM s",
    "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE",
    "MERGE INTO t USING s ON true WHEN NOT MATCHED THEN INSERT VALUES (1)",
    "EXPLAIN DELETE FROM t",
    "CREATE TABLE t (a int)",
    "ALTER TABLE t ADD COLUMN a int",
    "ALTER TABLE t ALTER c SET DEFAULT 1",
    "ALTER DOMAIN d SET DEFAULT 1",
    "ALTER PUBLICATION p ADD TABLE t",
    "ALTER EXTENSION e ADD TABLE t",
    "ALTER SERVER s OPTIONS (ADD a 'b')",
    "SELECT pg_advisory_lock(1)",
    "SELECT 1",
  ])("and there is none in %s", async (sql) => {
    expect((await judge(sql, "admin")).danger).toBeUndefined();
  });
});

describe("administrators may not", () => {
  test.each([
    ["leave the database", "COPY t TO '/tmp/x'"],
    ["leave the database", "COPY t FROM PROGRAM 'id'"],
    ["leave the database", "SELECT pg_read_file('/etc/passwd')"],
    ["leave the database", "INSERT INTO t SELECT lo_import('/etc/passwd')"],
    ["leave the database", "CREATE VIEW v AS SELECT pg_catalog.pg_ls_dir('/')"],
    ["leave the database", "CREATE FUNCTION f() RETURNS int LANGUAGE c AS 'x', 'y'"],
    ["leave the database", "CREATE FUNCTION f() RETURNS int LANGUAGE PLPYTHON3U AS ''"],
    ["leave the database", "DO LANGUAGE plperlu $$ 1 $$"],
    ["leave the database", "LOAD 'x'"],
    ["leave the database", "ALTER SYSTEM SET archive_command = 'id'"],
    ["leave the database", "ALTER ROLE r SET session_preload_libraries = 'x'"],
    ["leave the database", "ALTER DATABASE d SET local_preload_libraries = 'x'"],
    ["become somebody else", "SET ROLE a"],
    ["become somebody else", "SET SESSION AUTHORIZATION a"],
    ["become somebody else", "SET LOCAL role = a"],
    ["become somebody else", "RESET ROLE"],
    ["become somebody else", "RESET ALL"],
    ["become somebody else", "SELECT set_config('role', 'a', false)"],
    ["lift what holds a call", "SET statement_timeout = 0"],
    ["lift what holds a call", "SET TRANSACTION READ WRITE"],
    ["lift what holds a call", "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE"],
    ["change how text is read", "SET standard_conforming_strings = off"],
    ["change how text is read", "SET NAMES 'SJIS'"],
    ["run what cannot be seen", "EXECUTE a"],
    ["run what cannot be seen", "EXPLAIN EXECUTE a"],
    ["run what cannot be seen", "CREATE TABLE t AS EXECUTE a"],
  ])("%s: %s", async (_, sql) => {
    await expect(judge(sql, "admin")).rejects.toThrow(/^(?!PostgreSQL cannot parse).*\.$/);
  });

  test.each([
    "SET work_mem = '1GB'",
    "SELECT pg_terminate_backend(1)",
    "SELECT * FROM pg_authid",
    "GRANT SELECT ON t TO r",
    "CREATE EXTENSION pg_trgm",
    "CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END'",
    "ALTER SYSTEM SET work_mem = '1MB'",
    "NOTIFY a",
    "LOCK TABLE t",
    "SHOW primary_conninfo",
    "EXPLAIN ANALYZE CREATE TABLE t AS SELECT 1",
    "REFRESH MATERIALIZED VIEW v",
  ])("but may %s", async (sql) => {
    expect((await judge(sql, "admin")).sql).toBe(sql);
  });
});
