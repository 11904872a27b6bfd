import { createDatabase } from "@portico/testing-postgres";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { openDatabase } from "../../src/database/open-database.ts";
import { parseConnection } from "../../src/database/parse-connection.ts";

const signal = new AbortController().signal;

describe.each([15, 18] as const)("on PostgreSQL %i", (version) => {
  let database: Database;

  beforeAll(async () => {
    const made = await createDatabase(version);
    await made.run("CREATE TABLE facts (id int)");
    database = openDatabase({ name: "main", connection: parseConnection(made.url(), {}) });
  });

  afterAll(() => database.close());

  test("a read answers with text", async () => {
    const answer = await database.read({ signal }, (session) =>
      session.query("SELECT 1 AS a, 2::numeric(9,3) AS a, NULL, $1::text[]", [["x", null, 'y"']]),
    );
    expect(answer).toEqual({
      columns: [
        { name: "a", type: 23 },
        { name: "a", type: 1700 },
        { name: "?column?", type: 25 },
        { name: "text", type: 1009 },
      ],
      rows: [["1", "2.000", null, '{x,NULL,"y\\""}']],
      command: "SELECT",
      affected: 1,
    });
  });

  test("a read cannot write", async () => {
    const writing = database.read({ signal }, (session) =>
      session.query("INSERT INTO facts VALUES (1)"),
    );
    await expect(writing).rejects.toMatchObject({ code: "25006" });
  });

  test("a stream comes in portions", async () => {
    const sizes = await database.read({ signal }, async (session) => {
      const seen: number[] = [];
      for await (const portion of session.stream("SELECT generate_series(1, 10000)", [], 1000)) {
        seen.push(portion.rows.length);
      }
      return seen;
    });
    expect(sizes.reduce((sum, size) => sum + size)).toBe(10_000);
    expect(Math.max(...sizes)).toBe(1000);
  });
});
