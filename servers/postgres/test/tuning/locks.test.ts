import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { Client } from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { describeLocks } from "../../src/tuning/locks/describe.ts";
import { type LockSession, lockSessions } from "../../src/tuning/locks/waits.ts";
import { inspecting } from "./session.ts";

const open: Client[] = [];

afterEach(async () => {
  // Those that block others end first, so that these can.
  for (const client of open.splice(0)) await client.end();
});

async function connect(db: TestDatabase, name: string): Promise<Client & { pid: number }> {
  const client = new Client({ connectionString: db.url(), application_name: name });
  client.on("error", () => {});
  await client.connect();
  open.push(client);
  const { rows } = await client.query("SELECT pg_backend_pid() AS pid");
  return Object.assign(client, { pid: rows[0].pid });
}

describe.each([15, 18] as const)("locks on PostgreSQL %i", (version) => {
  let db: TestDatabase;
  beforeEach(async () => {
    db = await createDatabase(version);
    await db.run(
      `CREATE TABLE accounts (id int PRIMARY KEY, total int); INSERT INTO accounts VALUES (1, 0), (2, 0)`,
    );
  });

  /** The shared server has other tests' sessions, so only ours are asked for, once so many of them wait. */
  async function ours(waiting: number, user?: string): Promise<LockSession[]> {
    const pids = new Set(open.map((client) => (client as Client & { pid: number }).pid));
    for (;;) {
      const sessions = await inspecting(db.url(user), lockSessions);
      const mine = sessions.filter(({ pid }) => pids.has(pid));
      if (mine.filter(({ wait }) => wait !== null).length === waiting) return mine;
    }
  }

  test("are shown from who is idle in a transaction down to who waits behind who waits", async () => {
    const first = await connect(db, "forgetful");
    const second = await connect(db, "writer");
    const third = await connect(db, "migration");
    await first.query("BEGIN; UPDATE accounts SET total = 1 WHERE id = 1 AND 's3cret' <> ''");
    const updated = second.query("UPDATE accounts SET total = 2 WHERE id = 1");
    await ours(1);
    const altered = third.query("ALTER TABLE accounts ADD note text");
    const text = describeLocks(await ours(2), { sessions: 10, query: 90 });
    expect(text).not.toContain("s3cret");
    const lines = text.split("\n");
    expect(lines[0]).toBe("2 sessions wait for locks behind 1 other.");
    expect(lines[1]).toMatch(
      new RegExp(
        `^- pid ${first.pid} \\(postgres, forgetful\\), idle in transaction, in its transaction for .*: "BEGIN; UPDATE accounts`,
      ),
    );
    expect(text).toMatch(
      new RegExp(
        `\n +- pid ${second.pid} .*waits .* for ShareLock on the end of transaction \\d+: "UPDATE accounts SET total = 2`,
      ),
    );
    expect(text).toMatch(
      new RegExp(
        `\n +- pid ${third.pid} .*waits .* for AccessExclusiveLock on relation public.accounts: "ALTER TABLE`,
      ),
    );
    expect(lines.at(-1)).toBe(
      `SELECT pg_terminate_backend(${first.pid}); -- would let 2 sessions go on`,
    );
    await db.run(lines.at(-1)!);
    await Promise.all([updated, altered]);
  });

  test("hide what others do from an ordinary role", async () => {
    await db.run(`CREATE ROLE ordinary_${db.name} LOGIN`);
    const first = await connect(db, "holder");
    const second = await connect(db, "waiter");
    await first.query("BEGIN; LOCK accounts");
    const waits = second.query("SELECT * FROM accounts");
    const sessions = await ours(1, `ordinary_${db.name}`);
    expect(sessions.map(({ query, state }) => [query, state])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(describeLocks(sessions, { sessions: 10, query: 60 })).toContain("statement hidden");
    await first.query("ROLLBACK");
    await waits;
  });
});
