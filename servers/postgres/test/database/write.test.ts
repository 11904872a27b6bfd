import { describe, expect, test } from "vitest";
import { CASES, openTest, signal, value } from "./open.ts";

describe.each(CASES)("on PostgreSQL $version as $user", ({ version, user }) => {
  test("a write is kept when the work resolves and undone when it rejects", async () => {
    const { made, database } = await openTest(version, user);
    await made.run("CREATE TABLE facts (id int); GRANT ALL ON facts TO public");
    const kept = await database.write({ signal }, (session) =>
      session.query("INSERT INTO facts SELECT generate_series(1, 3)"),
    );
    expect(kept).toMatchObject({ command: "INSERT", affected: 3, rows: [] });
    const failing = database.write({ signal }, async (session) => {
      await session.query("DELETE FROM facts");
      throw new Error("changed my mind");
    });
    await expect(failing).rejects.toThrow("changed my mind");
    expect(await value(database, "SELECT count(*) FROM facts")).toBe("3");
  });

  test("a write with a failed statement is not kept, even when the work hides it", async () => {
    const { made, database } = await openTest(version, user);
    await made.run("CREATE TABLE facts (id int PRIMARY KEY); GRANT ALL ON facts TO public");
    const hiding = database.write({ signal }, async (session) => {
      await session.query("INSERT INTO facts VALUES (1)");
      await session.query("INSERT INTO facts VALUES (1)").catch(() => {});
    });
    await expect(hiding).rejects.toMatchObject({ code: "25P02" });
    expect(await value(database, "SELECT count(*) FROM facts")).toBe("0");
  });

  test("a refused row says which", async () => {
    const { made, database } = await openTest(version, user);
    await made.run("CREATE TABLE facts (id int PRIMARY KEY); GRANT ALL ON facts TO public");
    const twice = database.write({ signal }, (session) =>
      session.query("INSERT INTO facts VALUES (1), (1)"),
    );
    await expect(twice).rejects.toMatchObject({
      code: "23505",
      detail: "Key (id)=(1) already exists.",
    });
  });

  test("a constraint that is checked at the end refuses the commit", async () => {
    const { made, database } = await openTest(version, user);
    await made.run(
      "CREATE TABLE facts (id int UNIQUE DEFERRABLE INITIALLY DEFERRED); GRANT ALL ON facts TO public",
    );
    const twice = database.write({ signal }, (session) =>
      session.query("INSERT INTO facts VALUES (1), (1)"),
    );
    await expect(twice).rejects.toMatchObject({ code: "23505" });
  });

  test("a database opened to be read only writes in no way", async () => {
    const { database } = await openTest(version, user, { writable: false });
    const refused = { code: "not-allowed", message: expect.stringContaining("read only") };
    const write = database.write({ signal }, (session) => session.query("SELECT 1"));
    await expect(write).rejects.toMatchObject(refused);
    await expect(database.begin({ signal, readOnly: false })).rejects.toMatchObject(refused);
    await expect(database.alone({ signal }, "VACUUM")).rejects.toMatchObject(refused);
  });

  test("a statement that takes no transaction runs alone, with its limit, and leaves no trace", async () => {
    const { made, database } = await openTest(version, user, { maxConnections: 1 });
    await made.run(`CREATE TABLE facts (id int); ALTER TABLE facts OWNER TO ${user}`);
    expect(await database.alone({ signal }, "VACUUM facts")).toMatchObject({ command: "VACUUM" });
    await database.alone({ signal }, "CREATE INDEX CONCURRENTLY at ON facts (id)");
    expect(await value(database, "SELECT to_regclass('at')")).toBe("at");
    await database.alone({ signal }, "SET search_path = pg_catalog");
    await database.alone({ signal }, "BEGIN");
    expect(await value(database, "SHOW search_path")).toBe('"$user", public');
    const slow = database.alone({ signal, timeoutMs: 20 }, "SELECT pg_sleep(600)");
    await expect(slow).rejects.toMatchObject({ code: "timeout" });
    await expect(database.alone({ signal }, "SELECT 1; SELECT 2")).rejects.toMatchObject({
      code: "42601",
    });
  });
});
