import type { Client } from "@portico/core";
import { beforeAll, describe, expect, test } from "vitest";
import { call, notes, refusal, structured } from "../support/calls.ts";
import { clientOn } from "../support/server.ts";
import { LONG_NAME, LONG_NAME_KEPT, ODD_NAME, sampleDatabase } from "./sample.ts";

type Found = { type: string; schema: string; name: string; [fact: string]: unknown };

async function found(client: Client, args: object): Promise<Found[]> {
  return (await structured(client, "search_objects", args)).objects as Found[];
}

const names = (objects: readonly Found[]) => objects.map(({ name }) => name);

describe.each([15, 18] as const)("on PostgreSQL %s", (version) => {
  let sample: Awaited<ReturnType<typeof sampleDatabase>>;
  beforeAll(async () => {
    sample = await sampleDatabase(version);
  });
  const asOwner = () => clientOn(sample.url());
  const asReader = () => clientOn(sample.url(sample.reader));

  test("search_objects finds every kind of object by part of its name", async () => {
    const client = await asOwner();
    const kinds = (await found(client, { pattern: "user" })).map(
      ({ type, name }) => `${type} ${name}`,
    );
    expect(kinds).toEqual(
      expect.arrayContaining([
        "table users",
        "column user_id",
        "index users_by_name",
        "constraint orders_user_id_fkey",
        "sequence users_id_seq",
      ]),
    );
    expect(names(await found(client, { pattern: "own", types: ["policy"] }))).toEqual([
      "own_orders",
    ]);
    expect(names(await found(client, { pattern: "touch", types: ["trigger"] }))).toEqual([
      "touched",
    ]);
    expect(names(await found(client, { types: ["role"], pattern: sample.reader }))).toEqual([
      sample.reader,
    ]);
  });

  test("search_objects takes globs, over schema and name too, and all other characters as they are", async () => {
    const client = await asOwner();
    const tables = { types: ["table"] };
    expect(names(await found(client, { ...tables, pattern: "app.o*" }))).toEqual(["orders"]);
    expect(names(await found(client, { ...tables, pattern: "USER?" }))).toEqual(["users", "users"]);
    expect(names(await found(client, { ...tables, pattern: "u_ers" }))).toEqual([]);
    expect(names(await found(client, { ...tables, pattern: "%" }))).toEqual([ODD_NAME]);
    expect(names(await found(client, { ...tables, pattern: "\\" }))).toEqual([]);
    expect(names(await found(client, { ...tables, pattern: "'; DROP TABLE users; --" }))).toEqual(
      [],
    );
    const hint = await call(client, "search_objects", { ...tables, pattern: "user%" });
    expect(hint).toBe("Nothing found; % and _ stand for themselves here, use * and ? instead.");
  });

  test("search_objects leaves partitions and parts of others out until they are looked for", async () => {
    const client = await asOwner();
    const all = names(await found(client, { schema: "app" }));
    expect(all).toContain("events");
    expect(all).not.toContain("events_2025");
    expect(all).not.toContain("users_id_seq");
    expect(all).not.toContain("span_multirange");
    const [partition] = await found(client, { pattern: "events_2025", detail: "summary" });
    expect(partition).toMatchObject({ type: "table", partition_of: "app.events" });
  });

  test("search_objects tells more the more detail is wanted, in few words", async () => {
    const client = await asOwner();
    const query = { schema: "app", types: ["table"], pattern: "users" };
    expect(await call(client, "search_objects", query)).toBe("table app.users");
    expect(await call(client, "search_objects", { ...query, detail: "summary" })).toBe(
      'table app.users {"estimated_rows":50,"estimated_bytes":8192,"columns":6,"comment":"Who may log in"}',
    );
    const [full] = await found(client, { ...query, detail: "full" });
    expect(full?.columns).toHaveLength(6);
    const [add] = await found(client, { pattern: "add", types: ["function"], detail: "full" });
    expect(add?.definition).toContain("SELECT a + b");
  });

  test("search_objects lists the parts of one table", async () => {
    const client = await asOwner();
    const parts = await found(client, { schema: "app", table: "orders" });
    expect(new Set(parts.map(({ type }) => type))).toEqual(
      new Set(["column", "constraint", "index", "policy", "trigger"]),
    );
    expect(parts.every((one) => one.table === "orders")).toBe(true);
  });

  test("search_objects goes through all objects page by page, each once", async () => {
    const client = await asOwner();
    const all = await found(client, { detail: "names", limit: 1_000 });
    const paged: Found[] = [];
    let cursor: unknown;
    do {
      const page = await structured(client, "search_objects", {
        limit: 3,
        ...(cursor ? { cursor } : {}),
      });
      expect((page.objects as Found[]).length).toBeLessThanOrEqual(3);
      paged.push(...(page.objects as Found[]));
      cursor = page.next;
    } while (cursor !== undefined);
    expect(paged).toEqual(all);
    expect(await notes(client, "search_objects", { limit: 1 })).toContain("go on with cursor");
    const wrong = await refusal(client, "search_objects", { cursor: "bm9uc2Vuc2U" });
    expect(wrong).toBe("This cursor is none of this tool's; start again without one.");
  });

  test("list_schemas has the users' schemas first, with owner and type", async () => {
    const schemas = (await structured(await asOwner(), "list_schemas")).schemas as object[];
    expect(schemas[0]).toMatchObject({
      schema_name: "app",
      schema_owner: "postgres",
      schema_type: "User Schema",
      comment: "The application",
      usage: true,
    });
    expect(schemas.at(-1)).toMatchObject({
      schema_name: "pg_catalog",
      schema_type: "System Schema",
    });
    const client = await asOwner();
    const { next, schemas: two } = await structured(client, "list_schemas", { limit: 2 });
    const rest = await structured(client, "list_schemas", { cursor: next });
    expect([...(two as object[]), ...(rest.schemas as object[])]).toEqual(schemas);
  });

  test("list_objects lists one type of a schema, PostgreSQL's own too", async () => {
    const client = await asOwner();
    const list = async (args: object) =>
      names((await structured(client, "list_objects", args)).objects as Found[]);
    expect(await list({ schema_name: "app" })).toEqual(["events", "orders", "users"]);
    expect(await list({ schema_name: "app", object_type: "view" })).toEqual(["happy"]);
    expect(await list({ schema_name: "app", object_type: "foreign_table" })).toEqual(["remote"]);
    expect(await list({ schema_name: "pg_catalog", object_type: "extension" })).toEqual([
      "plpgsql",
    ]);
    expect(await list({ schema_name: "pg_catalog", object_type: "view" })).toContain("pg_stats");
    expect(await list({ schema_name: "no_such" })).toEqual([]);
    expect(await list({ schema_name: "", object_type: "role" })).toContain(sample.reader);
  });

  test("get_object_details tells all there is to know of a table", async () => {
    const client = await asOwner();
    const args = { schema_name: "app", object_name: "users" };
    const users = await structured(client, "get_object_details", args);
    expect(users.basic).toMatchObject({
      schema: "app",
      name: "users",
      type: "table",
      estimated_rows: 50,
    });
    expect(users.columns).toEqual([
      { column: "id", data_type: "integer", is_nullable: "NO", identity: "ALWAYS" },
      { column: "email", data_type: "text", is_nullable: "NO", comment: "Unique; lower case" },
      { column: "name", data_type: "text", is_nullable: "YES", default: "'nobody'::text" },
      { column: "mood", data_type: "app.mood", is_nullable: "YES" },
      { column: "shout", data_type: "text", is_nullable: "YES", generated: "upper(name) STORED" },
      { column: "score", data_type: "app.percent", is_nullable: "YES" },
    ]);
    expect(users.constraints).toContainEqual({
      name: "users_pkey",
      type: "PRIMARY KEY",
      columns: ["id"],
      definition: "PRIMARY KEY (id)",
    });
    expect(users.indexes).toContainEqual(
      expect.objectContaining({
        name: "users_by_name",
        definition:
          "CREATE INDEX users_by_name ON app.users USING btree (lower(name)) WHERE (name IS NOT NULL)",
      }),
    );
    expect(users.referenced_by).toMatchObject([{ table: "app.orders" }]);
    const orders = await structured(client, "get_object_details", { object_name: "orders" });
    expect(orders).toMatchObject({
      basic: { row_security: "enabled" },
      policies: [
        { name: "own_orders", command: "SELECT", roles: ["public"], using: "(user_id > 0)" },
      ],
      triggers: [{ name: "touched" }],
    });
    const events = await structured(client, "get_object_details", { object_name: "events" });
    expect(events.partitions).toMatchObject({
      key: "RANGE (at)",
      count: 2,
      first: [{ name: "app.events_2025" }, { name: "app.events_2026" }],
    });
  });

  test.each([
    ["view", "happy", { definition: expect.stringContaining("mood = 'happy'") }],
    ["materialized_view", "totals", { basic: { type: "materialized_view", populated: true } }],
    [
      "sequence",
      "tickets",
      {
        start_value: "100",
        increment: "5",
        data_type: "bigint",
        max_value: "9223372036854775807",
      },
    ],
    ["sequence", "orders_id_seq", { last_value: "50", owned_by: "app.orders.id" }],
    ["function", "add(integer, integer)", { volatility: "immutable", result: "integer" }],
    ["function", "product", { kind: "aggregate" }],
    ["procedure", "tidy", { type: "procedure", language: "sql" }],
    ["type", "mood", { kind: "enum", values: ["sad", "ok", "happy"] }],
    ["type", "percent", { kind: "domain", base: "integer", default: "0" }],
    [
      "type",
      "point3",
      { kind: "composite", attributes: [{ name: "x" }, { name: "y" }, { name: "z" }] },
    ],
    ["type", "span", { kind: "range", subtype: "double precision" }],
    ["schema", "app", { comment: "The application", privileges: ["USAGE", "CREATE"] }],
    ["extension", "plpgsql", { version: "1.0" }],
    ["role", "postgres", { superuser: true, login: true }],
    ["index", "users_by_name", { table: "app.users", method: "btree", valid: true }],
    ["constraint", "short_name", { table: "users", definition: "CHECK ((length(name) < 100))" }],
    ["policy", "own_orders", { table: "orders", using: "(user_id > 0)" }],
    ["trigger", "touched", { table: "orders" }],
    ["column", "total", { table: "orders", data_type: "numeric(12,2)" }],
  ])("get_object_details knows a %s", async (object_type, object_name, expected) => {
    const table_name = object_type === "column" ? { table_name: "orders" } : {};
    const args = { object_type, object_name, ...table_name };
    expect(await structured(await asOwner(), "get_object_details", args)).toMatchObject(expected);
  });

  test("get_object_details shows all functions of one name, and one by its arguments", async () => {
    const client = await asOwner();
    const add = { object_type: "function", object_name: "add" };
    expect(await structured(client, "get_object_details", add)).toMatchObject({
      overloads: [{ arguments: "a integer, b integer DEFAULT 1" }, { arguments: "a text, b text" }],
    });
    const text = { object_type: "function", object_name: "add(text,text)" };
    expect(await structured(client, "get_object_details", text)).toMatchObject({ result: "text" });
  });

  test("get_object_details takes names as they are, whatever is in them", async () => {
    const client = await asOwner();
    const details = async (object_name: string) =>
      (await structured(client, "get_object_details", { object_name })).columns;
    expect(await details(ODD_NAME)).toMatchObject([{ column: "Sp ace" }, { column: 'q"uote' }]);
    expect(await details(LONG_NAME)).toMatchObject([{ column: "a" }]);
    expect(await details(LONG_NAME_KEPT)).toMatchObject([{ column: "a" }]);
    const gone = await refusal(client, "get_object_details", { object_name: "x'; SELECT 1 --" });
    expect(gone).toBe(
      "There is no table x'; SELECT 1 -- that you may use; look for it with search_objects.",
    );
  });

  test("a name in several schemas is taken by the search path, or has to be told apart", async () => {
    await sample.run(
      "CREATE SCHEMA IF NOT EXISTS a1; CREATE TABLE IF NOT EXISTS a1.twin (); CREATE SCHEMA IF NOT EXISTS a2; CREATE TABLE IF NOT EXISTS a2.twin ()",
    );
    const client = await asOwner();
    const users = await structured(client, "get_object_details", { object_name: "users" });
    expect(users.basic).toMatchObject({ schema: "public" });
    expect(await refusal(client, "get_object_details", { object_name: "twin" })).toBe(
      "2 schemas have a table twin: a1, a2. Say which one.",
    );
    await sample.run("DROP SCHEMA a1, a2 CASCADE");
  });

  test("options of foreign tables, which may hold secrets, are not told", async () => {
    const args = { object_name: "remote", object_type: "foreign_table" };
    const text = await call(await asOwner(), "get_object_details", args);
    expect(text).toContain('"server":"elsewhere"');
    expect(text).not.toContain("hunter2");
  });

  test("an ordinary user sees what it may use, and no more", async () => {
    const client = await asReader();
    const all = (await found(client, { limit: 1_000 })).map(
      ({ schema, name }) => `${schema}.${name}`,
    );
    expect(all).toEqual(expect.arrayContaining(["app.users", "app.happy", "public.users"]));
    for (const hidden of [
      "app.orders",
      "app.totals",
      "app.tickets",
      "app.remote",
      "hidden.secrets",
    ]) {
      expect(all).not.toContain(hidden);
    }
    const users = await structured(client, "get_object_details", {
      schema_name: "app",
      object_name: "users",
    });
    expect(users.basic).toMatchObject({ privileges: ["SELECT"] });
    expect(users.columns).toMatchObject([{ column: "id" }, { column: "name" }]);
    expect(await refusal(client, "get_object_details", { object_name: "orders" })).toContain(
      "that you may use",
    );
    const add = { object_type: "function", object_name: "add" };
    expect(await structured(client, "get_object_details", add)).toMatchObject({
      result: "integer",
    });
    const { schemas } = await structured(client, "list_schemas");
    expect(schemas).toContainEqual(
      expect.objectContaining({ schema_name: "hidden", usage: false }),
    );
  });

  test("sample_rows shows a few rows, of the columns one may read", async () => {
    const rows = async (client: Client, args: object) =>
      JSON.parse(await call(client, "sample_rows", args)) as object[];
    const owner = await asOwner();
    expect(await rows(owner, { schema_name: "app", table_name: "users" })).toHaveLength(5);
    const two = { schema_name: "app", table_name: "users", columns: ["name", "id"], limit: 2 };
    expect(await rows(owner, two)).toEqual([
      { name: "user 1", id: 1 },
      { name: "user 2", id: 2 },
    ]);
    expect(await rows(owner, { table_name: ODD_NAME })).toEqual([]);
    const reader = await asReader();
    const [first] = await rows(reader, { schema_name: "app", table_name: "users", limit: 1 });
    expect(first).toEqual({ id: 1, name: "user 1" });
    const email = { schema_name: "app", table_name: "users", columns: ["email"] };
    expect(await refusal(reader, "sample_rows", email)).toBe(
      "users has no column email that you may read; it has id, name.",
    );
    expect(await refusal(reader, "sample_rows", { table_name: "orders" })).toContain(
      "no table orders",
    );
    expect(
      await refusal(owner, "sample_rows", { table_name: "users; DROP TABLE users" }),
    ).toContain("There is no table");
  });
});
