import { type Client, REVISIONS } from "@portico/core";
import { connect } from "@portico/core/testing";
import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { describe, expect, onTestFinished, test } from "vitest";
import { schemaFingerprint } from "../../src/catalogue/fingerprint.ts";
import { readConnections } from "../../src/connections.ts";
import { createDeps } from "../../src/create-deps.ts";
import { postgres } from "../../src/server.ts";
import { open, signal } from "../database/open.ts";
import { DEFAULTS } from "../support/server.ts";

async function opened(
  database: TestDatabase,
  revision: (typeof REVISIONS)[number],
): Promise<Client> {
  const deps = createDeps(readConnections(database.url(), [], {}), {
    ...DEFAULTS,
    transport: "stdio",
  });
  const server = postgres(deps, undefined, 20);
  const client = await connect(server, { revision });
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  return client;
}

describe.each(REVISIONS)("with revision %s", (revision) => {
  test("listeners are told when tables come and go, once the list was read", async () => {
    const database = await createDatabase(18);
    const client = await opened(database, revision);
    const subscription = await client.subscribe({ resources: true });
    onTestFinished(() => subscription.close());
    const names = async () => (await client.listResources()).map(({ name }) => name);
    expect(await names()).toEqual(["public"]);
    for (const [change, expected] of [
      ["CREATE TABLE one ()", ['"one" database schema', "public"]],
      ["ALTER TABLE one RENAME TO two", ["public", '"two" database schema']],
      ["DROP TABLE two", ["public"]],
    ] as const) {
      await database.run(change);
      expect((await subscription.next()).value).toEqual({ kind: "list", list: "resources" });
      expect(await names()).toEqual(expected);
    }
  });
});

describe.each(REVISIONS)("with revision %s", (revision) => {
  test.each([
    ["a table", "public/t/schema", "ALTER TABLE t ADD COLUMN b int", "CREATE INDEX i ON t (a)"],
    [
      "a function",
      "public/f/function",
      "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2'",
      "DROP FUNCTION f()",
    ],
    ["a schema", "public/objects", "CREATE TABLE u ()", "DROP TABLE t"],
    [
      "a table as the archived server has it",
      "t/schema",
      "ALTER TABLE t ADD COLUMN b int",
      "DROP TABLE t",
    ],
  ])("subscribers of %s are told when it changes", async (_, path, ...changes) => {
    const database = await createDatabase(18);
    await database.run(
      "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    );
    const client = await opened(database, revision);
    const authority = path === "t/schema" ? new URL(database.url()).host : database.name;
    const uri = `postgres://${authority}/${path}`;
    const subscription = await client.subscribe({ uris: [uri] });
    onTestFinished(() => subscription.close());
    for (const change of changes) {
      await database.run(change);
      expect((await subscription.next()).value).toEqual({ kind: "resource", uri });
    }
  });
});

describe.each([15, 18] as const)("the fingerprint of a schema on PostgreSQL %s", (version) => {
  test("changes with names, kinds and grants, and not with rows, statistics or temporary tables", async () => {
    const made = await createDatabase(version);
    const database = open(made.url());
    const now = () => database.read({ signal }, schemaFingerprint);
    let last = await now();
    for (const change of [
      "CREATE TABLE a (id int)",
      "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
      "CREATE SCHEMA s",
      "ALTER TABLE a SET SCHEMA s",
      "GRANT SELECT ON s.a TO public",
      "GRANT USAGE ON SCHEMA s TO public",
      "REVOKE EXECUTE ON FUNCTION f() FROM public",
      "DROP FUNCTION f()",
    ]) {
      await made.run(change);
      const next = await now();
      expect(next, change).not.toBe(last);
      last = next;
    }
    await made.run(
      "INSERT INTO s.a SELECT generate_series(1, 100); ANALYZE s.a; TRUNCATE s.a; CREATE TEMP TABLE t ()",
    );
    expect(await now()).toBe(last);
  });
});
