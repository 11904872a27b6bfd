import { describe, expect, test } from "vitest";
import type { Session, TextRows } from "../../src/database/database.ts";
import { CASES, openTest, signal, value } from "./open.ts";

describe.each(CASES)("on PostgreSQL $version as $user", ({ version, user }) => {
  test("a stream comes in portions no larger than asked for, every row once and in order", async () => {
    const { database } = await openTest(version, user);
    const { portions, values } = await database.read({ signal }, (session) =>
      drain(session, "SELECT generate_series(1, 10000)", 1000),
    );
    expect(Math.max(...portions)).toBe(1000);
    expect(values).toEqual(Array.from({ length: 10_000 }, (_, index) => String(index + 1)));
  });

  test("portions shrink when rows are wide", async () => {
    const { database } = await openTest(version, user);
    const { portions } = await database.read({ signal }, (session) =>
      drain(session, "SELECT repeat('x', 200000) FROM generate_series(1, 100)"),
    );
    expect(portions.reduce((sum, size) => sum + size)).toBe(100);
    expect(Math.max(...portions.slice(1))).toBeLessThanOrEqual(5);
  });

  test("a statement without rows is one empty portion", async () => {
    const { database } = await openTest(version, user);
    const answers = await database.read({ signal }, async (session) => {
      return all(session.stream("SELECT 1 AS a WHERE false"));
    });
    expect(answers).toEqual([
      { columns: [{ name: "a", type: 23 }], rows: [], command: "SELECT", affected: 0 },
    ]);
  });

  test("an empty statement ends", async () => {
    const { database } = await openTest(version, user);
    const answers = await database.read({ signal }, (session) => all(session.stream("")));
    expect(answers).toHaveLength(1);
  });

  test("who stops reading closes the cursor, and the session goes on", async () => {
    const { database } = await openTest(version, user);
    const cursors = await database.read({ signal }, async (session) => {
      for await (const _ of session.stream("SELECT generate_series(1, 1000000)")) break;
      return session.query("SELECT count(*) FROM pg_cursors WHERE name <> ''");
    });
    expect(cursors.rows).toEqual([["0"]]);
  });

  test("two streams of one session can be read in turns", async () => {
    const { database } = await openTest(version, user);
    const [odd, even] = await database.read({ signal }, (session) =>
      Promise.all([
        drain(session, "SELECT generate_series(1, 1999, 2)", 100),
        drain(session, "SELECT generate_series(2, 2000, 2)", 70),
      ]),
    );
    expect(odd.values.slice(-1)).toEqual(["1999"]);
    expect(even.values.slice(-1)).toEqual(["2000"]);
    expect(odd.values.length + even.values.length).toBe(2000);
  });

  test("an error in a later portion ends the stream with it", async () => {
    const { database } = await openTest(version, user);
    const reading = database.read({ signal }, (session) =>
      drain(session, "SELECT 1 / (500 - n) FROM generate_series(1, 1000) AS n"),
    );
    await expect(reading).rejects.toMatchObject({ code: "22012" });
  });

  test("the time limit is that of the whole statement", async () => {
    const { database } = await openTest(version, user, { statementTimeoutMs: 300 });
    const reading = database.read({ signal }, (session) =>
      drain(session, "SELECT n, pg_sleep(0.01) FROM generate_series(1, 10000) AS n", 8),
    );
    await expect(reading).rejects.toMatchObject({ code: "timeout" });
  });

  test("a value too large for memory is refused in a sentence, and the next call works", async () => {
    const { database } = await openTest(version, user, { maxConnections: 1 });
    const large = value(database, "SELECT repeat('x', 300000000)");
    await expect(large).rejects.toMatchObject({
      code: "too-large",
      message: expect.stringContaining("larger than 64 MiB"),
    });
    expect(await value(database, "SELECT 1")).toBe("1");
  });
});

async function all(portions: AsyncIterable<TextRows>): Promise<TextRows[]> {
  const seen: TextRows[] = [];
  for await (const portion of portions) seen.push(portion);
  return seen;
}

async function drain(
  session: Session,
  sql: string,
  portion?: number,
): Promise<{ portions: number[]; values: (string | null | undefined)[] }> {
  const portions: number[] = [];
  const values: (string | null | undefined)[] = [];
  for await (const { rows } of session.stream(sql, [], portion)) {
    portions.push(rows.length);
    for (const row of rows) values.push(row[0]);
  }
  return { portions, values };
}
