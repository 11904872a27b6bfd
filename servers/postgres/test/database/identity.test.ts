import { describe, expect, test } from "vitest";
import { CASES, openTest, signal, value } from "./open.ts";

describe.each(CASES)("on PostgreSQL $version as $user", ({ version, user }) => {
  test("a caller acts in its role and sees its own rows only", async () => {
    const { made, database } = await openTest(version, user, { maxConnections: 1 });
    const role = `tenant_${made.name}`;
    await made.run(`CREATE ROLE ${role}; GRANT ${role} TO ${user}`);
    await made.run(`CREATE TABLE notes (owner text, body text);
      INSERT INTO notes VALUES ('ann', 'a'), ('bob', 'b');
      ALTER TABLE notes ENABLE ROW LEVEL SECURITY;
      CREATE POLICY own ON notes USING (owner = current_setting('app.user'));
      GRANT ALL ON notes TO ${role}`);
    const notesOf = async (name: string) => {
      const identity = { role, settings: { "app.user": name } };
      const answer = await database.read({ signal, identity }, (session) =>
        session.query("SELECT current_user, body FROM notes"),
      );
      return answer.rows;
    };
    expect(await notesOf("ann")).toEqual([[role, "a"]]);
    expect(await notesOf("bob")).toEqual([[role, "b"]]);
    expect(await notesOf("'; RESET ROLE; --")).toEqual([]);
    expect(await value(database, "SELECT current_user")).toBe(user);
    expect(await value(database, "SELECT current_setting('app.user', true)")).toBe("");
  });

  test("an open transaction keeps its role over failures", async () => {
    const { made, database } = await openTest(version, user);
    const role = `tenant_${made.name}`;
    await made.run(`CREATE ROLE ${role}; GRANT ${role} TO ${user}`);
    const transaction = await database.begin({ signal, readOnly: true, identity: { role } });
    const whoAmI = () =>
      transaction.run({ signal }, async (session) => {
        return (await session.query("SELECT current_user")).rows;
      });
    expect(await whoAmI()).toEqual([[role]]);
    const failing = transaction.run({ signal }, (session) => session.query("SELECT 1 / 0"));
    await expect(failing).rejects.toMatchObject({ code: "22012" });
    expect(await whoAmI()).toEqual([[role]]);
    await transaction.rollback();
  });

  test("nothing runs when the role cannot be taken", async () => {
    const { made, database } = await openTest(version, user);
    await made.run("CREATE TABLE facts (id int); GRANT ALL ON facts TO public");
    const identity = { role: "nobody_of_that_name" };
    const write = database.write({ signal, identity }, async (session) => {
      await session.query("SELECT 1").catch(() => {});
      await session.query("INSERT INTO facts VALUES (1)");
    });
    await expect(write).rejects.toMatchObject({ name: "DatabaseError" });
    expect(await value(database, "SELECT count(*) FROM facts")).toBe("0");
  });

  test("a statement alone runs in the caller's role, which the next does not have", async () => {
    const { made, database } = await openTest(version, user, { maxConnections: 1 });
    const role = `tenant_${made.name}`;
    await made.run(`CREATE ROLE ${role}; GRANT ${role} TO ${user}`);
    const answer = await database.alone({ signal, identity: { role } }, "SELECT current_user");
    expect(answer.rows).toEqual([[role]]);
    expect(await value(database, "SELECT current_user")).toBe(user);
  });

  test("a caller cannot be the session's own role by the word that means it", async () => {
    const { database } = await openTest(version, user);
    for (const role of ["none", "a\0b", "\ud800"]) {
      const work = database.read({ signal, identity: { role } }, (session) =>
        session.query("SELECT current_user"),
      );
      await expect(work).rejects.toMatchObject({ name: "DatabaseError" });
    }
  });

  test("an identity changes no setting of PostgreSQL's own", async () => {
    const { database } = await openTest(version, user);
    for (const name of [
      "search_path",
      "session_authorization",
      "role",
      "a.b;c",
      "transaction_read_only",
    ]) {
      const identity = { settings: { [name]: "off" } };
      const work = database.read({ signal, identity }, (session) => session.query("SELECT 1"));
      await expect(work, name).rejects.toMatchObject({ code: "not-allowed" });
    }
  });
});
