import { removePostgres, startPostgres } from "@portico/testing-postgres";
import { describe, expect, onTestFinished, test } from "vitest";
import { CASES, open, openTest, signal, value } from "./open.ts";

describe.each(CASES)("on PostgreSQL $version as $user", ({ version, user }) => {
  test("64 at once are served by ten connections, each of them right", async () => {
    const { made, database } = await openTest(version, user);
    const answers = await Promise.all(
      Array.from({ length: 64 }, (_, index) =>
        database.read({ signal }, (session) =>
          session.query("SELECT $1::int, pg_sleep(0.005), pg_backend_pid()", [index]),
        ),
      ),
    );
    expect(answers.map(({ rows }) => rows[0]?.[0])).toEqual(
      Array.from({ length: 64 }, (_, index) => String(index)),
    );
    expect(new Set(answers.map(({ rows }) => rows[0]?.[2])).size).toBeLessThanOrEqual(10);
    const connections = `SELECT count(*) FROM pg_stat_activity WHERE datname = '${made.name}'`;
    expect(Number(await value(database, connections))).toBeLessThanOrEqual(10);
  });

  test("calls one after the other use one connection", async () => {
    const { database } = await openTest(version, user);
    const pids = new Set<unknown>();
    for (let call = 0; call < 20; call += 1) {
      pids.add(await value(database, "SELECT pg_backend_pid()"));
    }
    expect(pids.size).toBe(1);
  });

  test("who waits too long for a connection is told so, and may stop waiting", async () => {
    const { database } = await openTest(version, user, {
      maxConnections: 1,
      queueTimeoutMs: 1_000,
    });
    const holder = await database.begin({ signal, readOnly: true });
    await expect(value(database, "SELECT 1")).rejects.toMatchObject({
      code: "too-many-connections",
      message: expect.stringContaining("All 1 connections"),
    });
    const caller = new AbortController();
    const waiting = database.read({ signal: caller.signal }, (session) =>
      session.query("SELECT 1"),
    );
    caller.abort();
    await expect(waiting).rejects.toMatchObject({ code: "cancelled" });
    await holder.rollback();
    await expect.poll(() => value(database, "SELECT 1").catch(() => "busy")).toBe("1");
  });

  test("a connection nobody uses is closed", async () => {
    const { made, database } = await openTest(version, user, { idleConnectionMs: 1 });
    const other = open(made.url(user));
    const pid = await value(database, "SELECT pg_backend_pid()");
    const alive = `SELECT count(*) FROM pg_stat_activity WHERE pid = ${pid}`;
    await expect.poll(() => value(other, alive)).toBe("0");
  });

  test("a connection that dies while idle harms nobody", async () => {
    const { made, database } = await openTest(version, user);
    for (let call = 0; call < 5; call += 1) {
      const pid = await value(database, "SELECT pg_backend_pid()");
      await made.run(`SELECT pg_terminate_backend(${pid})`);
      expect(await value(database, "SELECT 1")).toBe("1");
    }
  });

  test("a connection that dies under a statement fails that one only", async () => {
    const { made, database } = await openTest(version, user);
    const work = database.read({ signal }, async (session) => {
      const { rows } = await session.query("SELECT pg_backend_pid()");
      await made.run(`SELECT pg_terminate_backend(${rows[0]?.[0]})`);
      return session.query("SELECT 1");
    });
    await expect(work).rejects.toMatchObject({ code: "connection-lost" });
    expect(await value(database, "SELECT 1")).toBe("1");
  });

  test("closing stops what runs and refuses what comes after", async () => {
    const { database } = await openTest(version, user);
    await value(database, "SELECT 1");
    const slow = value(database, "SELECT pg_sleep(600)");
    slow.catch(() => {});
    const waiting = Array.from({ length: 12 }, () => value(database, "SELECT pg_sleep(600)"));
    for (const one of waiting) one.catch(() => {});
    await new Promise(setImmediate);
    await database.close();
    for (const one of [slow, ...waiting]) await expect(one).rejects.toHaveProperty("code");
    await expect(value(database, "SELECT 1")).rejects.toMatchObject({ code: "over" });
  });
});

test("a server that is full serves us with the connections it gave us", async () => {
  const server = await startPostgres({
    version: 18,
    settings: { max_connections: "6", superuser_reserved_connections: "1" },
  });
  onTestFinished(() => removePostgres(server));
  const admin = open(server.url(), { maxConnections: 1 });
  await admin.alone({ signal }, "CREATE ROLE ordinary LOGIN");
  const database = open(server.url("postgres", "ordinary"));
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => value(database, "SELECT pg_sleep(0.005)::text || 'x'")),
  );
  expect(answers).toEqual(Array.from({ length: 40 }, () => "x"));
});
