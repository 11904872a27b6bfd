import { describe, expect, test } from "vitest";
import { CASES, openTest, signal, value } from "./open.ts";

describe.each(CASES)("on PostgreSQL $version as $user", ({ version, user }) => {
  test("aborting stops the statement in the server", async () => {
    const { made, database } = await openTest(version, user);
    const caller = new AbortController();
    const slow = database.read({ signal: caller.signal }, (session) =>
      session.query("SELECT pg_sleep(600) /* to be stopped */"),
    );
    slow.catch(() => {});
    const running = `SELECT count(*) FROM pg_stat_activity WHERE datname = '${made.name}'
      AND state = 'active' AND query LIKE '%to be stopped%' AND pid <> pg_backend_pid()`;
    await expect.poll(() => value(database, running)).toBe("1");
    caller.abort();
    await expect(slow).rejects.toMatchObject({ code: "cancelled" });
    expect(await value(database, running)).toBe("0");
  });

  test("aborting before anything was sent sends nothing", async () => {
    const { database } = await openTest(version, user);
    const aborted = AbortSignal.abort();
    const work = database.read({ signal: aborted }, (session) => session.query("SELECT 1"));
    await expect(work).rejects.toMatchObject({ code: "cancelled" });
  });

  test("aborting a write between its statements undoes it", async () => {
    const { made, database } = await openTest(version, user);
    await made.run("CREATE TABLE facts (id int); GRANT ALL ON facts TO public");
    const caller = new AbortController();
    const writing = database.write({ signal: caller.signal }, async (session) => {
      await session.query("INSERT INTO facts VALUES (1)");
      caller.abort();
    });
    await expect(writing).rejects.toMatchObject({ code: "cancelled" });
    expect(await value(database, "SELECT count(*) FROM facts")).toBe("0");
  });

  test("aborting a stream ends it", async () => {
    const { database } = await openTest(version, user);
    const caller = new AbortController();
    const reading = database.read({ signal: caller.signal }, async (session) => {
      for await (const _ of session.stream("SELECT generate_series(1, 10000000)")) caller.abort();
    });
    await expect(reading).rejects.toMatchObject({ code: "cancelled" });
    expect(await value(database, "SELECT 1")).toBe("1");
  });

  test("a cancel hits no statement but the one it is for, however they meet", async () => {
    const { database } = await openTest(version, user, { maxConnections: 2 });
    const seen = { cancelled: 0, finished: 0 };
    const abortedAfter = async (turns: number) => {
      const caller = new AbortController();
      const work = database.read({ signal: caller.signal }, (session) =>
        session.query("SELECT count(*) FROM generate_series(1, 2000)"),
      );
      // Not a wait for anything: the abort is to fall on every stage of the statement's life.
      for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
      caller.abort();
      await work.then(
        () => (seen.finished += 1),
        () => (seen.cancelled += 1),
      );
    };
    const untouched = async () => {
      const answer = await database.read({ signal }, (session) =>
        session.query("SELECT count(*) FROM generate_series(1, 2000)"),
      );
      expect(answer.rows).toEqual([["2000"]]);
    };
    const rounds = Array.from({ length: 150 }, (_, index) => index);
    await Promise.all(rounds.flatMap((round) => [abortedAfter(round), untouched()]));
    for (const round of rounds) {
      await abortedAfter(round % 8);
      await untouched();
    }
    expect(seen.cancelled).toBeGreaterThan(0);
    expect(seen.cancelled + seen.finished).toBe(300);
  });
});
