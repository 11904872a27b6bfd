import { createDatabase } from "@portico/testing-postgres";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { Masking } from "../../src/masking/masking.ts";
import { parseMaskRule } from "../../src/masking/rules.ts";
import { open, signal } from "../database/open.ts";
import { anyStatement } from "./statements.ts";

/** Two databases that differ in nothing but masked values: nobody may be able to tell which one answers. */
async function openWith(secrets: readonly string[]): Promise<Database> {
  const made = await createDatabase();
  const rows = secrets.map((secret, at) => `(${at}, 'name ${at}', '${secret}', '${secret}')`);
  await made.run(`
    CREATE SCHEMA app;
    CREATE TABLE app.users (id int PRIMARY KEY, name text, email text, pin text);
    CREATE TABLE app.orders (id int, email text);
    CREATE VIEW app.seen AS SELECT id, email FROM app.users;
    INSERT INTO app.users VALUES ${rows.join(", ")};
    INSERT INTO app.orders SELECT id, 'aaa' FROM app.users;
    ALTER DATABASE ${made.name} SET search_path = app, public;
    ANALYZE`);
  return open(made.url());
}

const masking = new Masking(["app.users.email=full", "*.users.pin=full"].map(parseMaskRule));

/** What a caller gets to know, whichever way. */
async function outcome(database: Database, sql: string): Promise<unknown> {
  try {
    const { rows, columns } = await database.read({ signal }, (session) =>
      masking.over(session).query(sql),
    );
    // Rows that nobody ordered may come in any order.
    return {
      columns: columns.map(({ name }) => name),
      rows: rows.map((row) => JSON.stringify(row)).sort(),
    };
  } catch (error) {
    return (error as Error).message;
  }
}

test("no statement tells two databases apart that differ only in masked values", async () => {
  const [one, other] = await Promise.all([
    openWith(["aaa", "aaa", "ccc"]),
    openWith(["zzz", "yyyy", "aaa"]),
  ]);
  let [answered, refused] = [0, 0];
  await fc.assert(
    fc.asyncProperty(anyStatement, async (sql) => {
      const seen = await Promise.all([outcome(one, sql), outcome(other, sql)]);
      if (typeof seen[0] === "object") answered++;
      else if (String(seen[0]).includes("masked here")) refused++;
      expect(seen[0], sql).toEqual(seen[1]);
    }),
    { seed: 23, numRuns: 400 },
  );
  // The statements must be worth something: some are answered, many would tell.
  expect(answered).toBeGreaterThan(10);
  expect(refused).toBeGreaterThan(50);
});
