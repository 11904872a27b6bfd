import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type Client, connect } from "@portico/core";
import { stdioClient } from "@portico/core/node";
import { createDatabase } from "@portico/testing-postgres";
import { expect, onTestFinished, test } from "vitest";
import { clientOn } from "../support/server.ts";

/** A client of the archived server itself. */
async function archivedOn(url: string): Promise<Client> {
  const manifest = createRequire(import.meta.url).resolve(
    "@modelcontextprotocol/server-postgres/package.json",
  );
  const args = [join(dirname(manifest), "dist/index.js"), url];
  const transport = stdioClient({ command: process.execPath, args, stderr: "ignore" });
  const client = await connect(transport, {
    clientInfo: { name: "test", version: "1.0.0" },
    era: "legacy",
  });
  onTestFinished(() => client.close());
  return client;
}

async function bodyOf(client: Client, uri: string): Promise<string> {
  const { contents } = await client.readResource(uri);
  return (contents[0] as { text?: string }).text ?? "";
}

/** Theirs come in whatever order PostgreSQL finds them in. */
function sorted(body: string): string {
  const columns = JSON.parse(body) as { column_name: string }[];
  columns.sort((one, other) => (one.column_name < other.column_name ? -1 : 1));
  return JSON.stringify(columns, null, 2);
}

const TABLES = `
CREATE TYPE mood AS ENUM ('ok');
CREATE TABLE plain (id serial PRIMARY KEY, a text, b varchar(3)[], c mood, d numeric(10, 2), e timestamptz, f jsonb);
CREATE VIEW "A view" AS SELECT a, c FROM plain;
CREATE TABLE empty ();
CREATE TABLE parts (at date) PARTITION BY RANGE (at);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE MATERIALIZED VIEW kept AS SELECT 1 AS one;
CREATE SCHEMA other;
CREATE TABLE other.elsewhere (id int);
`;

test.each([15, 18] as const)(
  "the archived server's resources are ours, on PostgreSQL %s",
  async (version) => {
    const database = await createDatabase(version);
    await database.run(TABLES);
    const theirs = await archivedOn(database.url());
    const ours = await clientOn(database.url());
    const listed = await theirs.listResources();
    expect(listed.length).toBeGreaterThan(3);
    const own = new Map((await ours.listResources()).map((one) => [one.uri, one]));
    for (const resource of listed) {
      const uri = resource.uri.replace("postgres@", "");
      // Partitions are told of with their table.
      if (/parts_1/.test(uri)) continue;
      expect(own.get(uri)).toEqual({ ...resource, uri });
      if (uri.includes("%20")) continue;
      const body = await bodyOf(ours, uri);
      expect(sorted(body)).toBe(sorted(await bodyOf(theirs, resource.uri)));
      expect(body).toBe(JSON.stringify(JSON.parse(body), null, 2));
      // A URI that a client has kept goes on working.
      expect(await bodyOf(ours, resource.uri)).toBe(body);
    }
  },
);

test("what the archived server gets wrong is right: names that need escapes, same names in other schemas", async () => {
  const database = await createDatabase();
  await database.run(`${TABLES} CREATE TABLE other.plain (only_here int)`);
  const theirs = await archivedOn(database.url());
  const ours = await clientOn(database.url());
  const base = `postgres://${new URL(database.url()).host}`;
  expect(await bodyOf(theirs, `${base}/plain/schema`)).toContain("only_here");
  expect(await bodyOf(ours, `${base}/plain/schema`)).not.toContain("only_here");
  expect(await bodyOf(theirs, `${base}/A%20view/schema`)).toBe("[]");
  expect(JSON.parse(await bodyOf(ours, `${base}/A%20view/schema`))).toHaveLength(2);
  expect(await bodyOf(theirs, `${base}/nothing/schema`)).toBe("[]");
  await expect(bodyOf(ours, `${base}/nothing/schema`)).rejects.toThrow("Resource not found");
});
