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
      GRANT SELECT ON settings TO reader;
      CREATE ROLE keeper;
      ALTER ROLE keeper SET app.api_key = 'hunter2';
      ALTER DATABASE postgres SET app.jwt_secret = 'hunter2';
      CREATE VIEW roles AS SELECT rolname, rolconfig FROM pg_roles;
      GRANT SELECT ON roles TO reader;`);
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

    test.each([
      "SELECT rolname, rolconfig FROM pg_roles",
      "SELECT r FROM pg_catalog.pg_roles r",
      "SELECT useconfig FROM pg_user",
      "TABLE roles",
    ])("everybody is refused %s while a role keeps a secret", async (sql) => {
      const refused =
        "This would show the setting app.api_key, which may hold a secret; roles are also in information_schema.enabled_roles.";
      expect(await outcome("postgres", sql)).toEqual({ refused });
      expect(await outcome("reader", sql)).toEqual({ refused });
    });

    test("everybody is refused the settings kept for databases while one is a secret", async () => {
      const sql = "SELECT setconfig FROM pg_db_role_setting WHERE setrole = 0";
      expect(await outcome("reader", sql)).toMatchObject({
        refused: expect.stringMatching(/^This would show the setting app\.\w+, .* by SHOW/),
      });
    });

    test("roles are listed where none keeps a secret", async () => {
      const sql = "SELECT count(*) > 0, max(rolconfig::text) FROM pg_roles";
      expect(await outcome("postgres", sql)).toHaveProperty("refused");
      const client = new Client(server.url());
      await client.connect();
      await client.query("ALTER ROLE keeper RESET ALL; ALTER ROLE keeper SET work_mem = '5MB'");
      expect(await outcome("postgres", sql)).toEqual({ rows: [["t", "{work_mem=5MB}"]] });
      await client.query("ALTER ROLE keeper SET app.api_key = 'hunter2'");
      await client.end();
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
