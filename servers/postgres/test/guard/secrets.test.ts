import { type PostgresServer, removePostgres, startPostgres } from "@portico/testing-postgres";
import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { guarded, type Outcome } from "./support/guarded.ts";

describe.each([15, 18] as const)(
  "on a PostgreSQL %i that holds a password in a setting",
  (version) => {
    let server: PostgresServer;
    beforeAll(async () => {
      server = await startPostgres({
        version,
        settings: { primary_conninfo: "host=primary.invalid password=hunter2" },
      });
      const client = new Client(server.url());
      await client.connect();
      await client.query(`
      CREATE ROLE reader LOGIN PASSWORD 'hunter2';
      CREATE VIEW settings AS SELECT name, setting FROM pg_settings;
      GRANT SELECT ON settings TO reader;`);
      await client.end();
    });
    afterAll(() => removePostgres(server));

    async function outcome(user: string, sql: string): Promise<Outcome> {
      const connection = await guarded(server.url("postgres", user));
      try {
        return await connection.run(sql);
      } finally {
        await connection.close();
      }
    }

    const all = [
      "SHOW ALL",
      "SELECT * FROM pg_settings",
      "SELECT setting FROM pg_catalog.pg_settings s WHERE s.name = 'primary_conninfo'",
      "TABLE settings",
    ];

    test.each(all)("a superuser is refused %s", async (sql) => {
      expect(await outcome("postgres", sql)).toEqual({
        refused:
          "The setting primary_conninfo may hold a secret; ask for one setting by SHOW and its name.",
      });
    });

    test.each(["SHOW work_mem", "SELECT current_setting('work_mem')"])(
      "a superuser may %s",
      async (sql) => {
        expect(await outcome("postgres", sql)).toEqual({ rows: [["4MB"]] });
      },
    );

    test.each(all)("an ordinary user may %s, from whom PostgreSQL keeps it", async (sql) => {
      const seen = await outcome("reader", sql);
      expect(seen).toHaveProperty("rows");
      expect(JSON.stringify(seen)).not.toContain("hunter2");
    });
  },
);
