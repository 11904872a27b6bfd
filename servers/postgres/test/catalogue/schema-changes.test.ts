import { type Client, REVISIONS } from "@portico/core";
import { connect } from "@portico/core/testing";
import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { describe, expect, onTestFinished, test } from "vitest";
import { schemaFingerprint } from "../../src/catalogue/fingerprint.ts";
import { readConnections } from "../../src/connections.ts";
import { createDeps } from "../../src/create-deps.ts";
import { SchemaChanges } from "../../src/resources/schema-changes.ts";
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
  const server = postgres(deps, undefined, new SchemaChanges(deps.databases, 20));
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
