import { expect, test } from "vitest";
import type { Session } from "../../src/database/database.ts";
import { type Ask, catalogueCheck } from "../../src/guard/catalogue/check.ts";
import { judge } from "../../src/guard/judge.ts";
import { CASES, openTest, signal } from "../database/open.ts";

/** A statement that passed, what then changes about it, and why it is refused afterwards. */
const CHANGES = [
  [
    "SELECT lower(name) FROM people",
    "CREATE FUNCTION lower(varchar) RETURNS text LANGUAGE sql AS 'SELECT $1::text'",
    "lower() may mean public.lower()",
  ],
  [
    "SELECT 1 FROM people WHERE name = 'Ann'",
    "CREATE OPERATOR = (LEFTARG = varchar, RIGHTARG = text, FUNCTION = strike)",
    "The operator = is a call: public.strike()",
  ],
  [
    "SELECT * FROM short",
    "CREATE OR REPLACE VIEW short AS SELECT strike(name, '') AS found FROM people",
    "What the view public.short calls is refused: public.strike()",
  ],
  [
    "SELECT p.length FROM named p",
    "CREATE FUNCTION length(named) RETURNS int LANGUAGE sql AS 'SELECT 2'; ALTER TABLE named DROP COLUMN length",
    ".length may be a call: public.length()",
  ],
] as const;

const SETUP = `
CREATE TABLE people (name varchar);
CREATE TABLE named (length int, id int);
CREATE FUNCTION strike(varchar, text) RETURNS bool LANGUAGE sql AS 'SELECT true';
CREATE VIEW short AS SELECT name = 'A' AS found FROM people`;

test.each(
  CASES.flatMap((one) => CHANGES.map(([sql, change, reason]) => ({ ...one, sql, change, reason }))),
)(
  "$sql passes until what it names changes, on PostgreSQL $version as $user, in a session that keeps the question",
  async ({ version, user, sql, change, reason }) => {
    const { made, database } = await openTest(version, user, { maxConnections: 1 });
    await made.run(`${SETUP}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC`);
    const check = catalogueCheck(() => false);
    const judgement = await judge(sql, "read-only");
    const run = () =>
      database.read({ signal }, async (session) => {
        await check.check(judgement, askIn(session));
        return session.query(sql);
      });
    // PostgreSQL plans five times with the values at hand, and then once for all.
    for (let time = 0; time < 7; time++) await run();
    const trust = () => {
      const condition = check.condition(judgement);
      expect(condition).toBeDefined();
      return database.read({ signal }, (session) => session.query(sql), condition);
    };
    await expect(trust()).resolves.toMatchObject({ command: "SELECT" });
    // What others commit has to be looked at, and from then on it is looked at in the same piece.
    await made.run("CREATE TABLE another ()");
    await expect(trust()).rejects.toMatchObject({ code: "changed" });
    await run();
    await made.run("DROP TABLE another");
    for (let time = 0; time < 7; time++) {
      await expect(trust()).resolves.toMatchObject({ command: "SELECT" });
    }
    await made.run(change);
    await expect(trust()).rejects.toMatchObject({ code: "changed" });
    await expect(run()).rejects.toThrow(reason);
    await expect(run()).rejects.toThrow(reason);
  },
);

test.each(CASES)(
  "a statement under a condition that holds fails by its own errors, on PostgreSQL $version as $user",
  async ({ version, user }) => {
    const { made, database } = await openTest(version, user);
    await made.run(`${SETUP}; GRANT SELECT ON ALL TABLES IN SCHEMA public TO PUBLIC`);
    const check = catalogueCheck(() => false);
    const judgement = await judge("SELECT 1 / (id - id) FROM (SELECT 1 AS id) one", "read-only");
    await database.read({ signal }, (session) => check.check(judgement, askIn(session)));
    const read = database.read(
      { signal },
      (session) => session.query(judgement.sql),
      check.condition(judgement),
    );
    await expect(read).rejects.toMatchObject({ code: "22012", message: "division by zero" });
  },
);

test("there is no condition for a statement nobody looked at, nor for one that shows settings", async () => {
  const { database } = await openTest(18, "postgres");
  const check = catalogueCheck(() => false);
  const settings = await judge("SELECT name FROM pg_settings WHERE name = 'x'", "read-only");
  expect(check.condition(settings)).toBeUndefined();
  await database.read({ signal }, (session) => check.check(settings, askIn(session)));
  expect(check.condition(settings)).toBeUndefined();
});

function askIn(session: Session): Ask {
  return async (question, values) => {
    const { rows } = await session.query(question, values, { kept: true });
    return rows;
  };
}
