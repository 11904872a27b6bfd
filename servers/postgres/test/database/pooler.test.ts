import { describe, expect, test } from "vitest";
import { CASES, open, openTest, signal, value } from "./open.ts";

describe.each(CASES)(
  "behind a pooler for transactions, on PostgreSQL $version as $user",
  ({ version, user }) => {
    test("values are written the same way, and limits hold", async () => {
      const { made } = await openTest(version, user);
      await made.run(`ALTER DATABASE ${made.name} SET bytea_output = 'escape'`);
      const database = open(`${made.url(user)}?pgbouncer=true`);
      expect(await value(database, "SELECT '\\x00ff'::bytea")).toBe("\\x00ff");
      const slow = database.read({ signal, timeoutMs: 20 }, (session) =>
        session.query("SELECT pg_sleep(600)"),
      );
      await expect(slow).rejects.toMatchObject({ code: "timeout" });
    });

    test("nothing of a session is set or reset, and locks are given back", async () => {
      const { made } = await openTest(version, user);
      const database = open(`${made.url(user)}?pgbouncer=true`, { maxConnections: 1 });
      // What another client of the pooler may have set on the session it lends us.
      await database.alone({ signal }, "SET work_mem = '1234kB'");
      await value(database, "SELECT pg_advisory_lock(44)");
      expect(await value(database, "SHOW work_mem")).toBe("1234kB");
      const locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'";
      expect(await value(database, `${locks} AND pid = pg_backend_pid()`)).toBe("0");
    });

    test("no statement runs outside of a transaction in a caller's role", async () => {
      const { made } = await openTest(version, user);
      const database = open(`${made.url(user)}?pgbouncer=true`);
      const alone = database.alone({ signal, identity: { role: "any" } }, "VACUUM");
      await expect(alone).rejects.toMatchObject({ code: "not-allowed" });
    });
  },
);
