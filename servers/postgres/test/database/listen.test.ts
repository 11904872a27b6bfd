import { describe, expect, test } from "vitest";
import type { Database } from "../../src/database/database.ts";
import { CASES, openTest, signal } from "./open.ts";

describe.each(CASES)("on PostgreSQL $version as $user", ({ version, user }) => {
  test("everybody who listens hears what is sent on the channel, until they stop", async () => {
    const { database } = await openTest(version, user);
    const first: string[] = [];
    const second: string[] = [];
    const stop = await database.listen("changes", (payload) => first.push(payload));
    await database.listen("changes", (payload) => second.push(payload));
    await database.listen("other", (payload) => second.push(`other ${payload}`));
    await notify(database, "changes", "one");
    await notify(database, "other", "two");
    await expect.poll(() => second).toEqual(["one", "other two"]);
    stop();
    await notify(database, "changes", "three");
    await expect.poll(() => second).toEqual(["one", "other two", "three"]);
    expect(first).toEqual(["one"]);
  });

  test("a channel's name is taken as it is", async () => {
    const { database } = await openTest(version, user);
    const heard: string[] = [];
    const name = 'Odd "name"; --';
    await database.listen(name, (payload) => heard.push(payload));
    await notify(database, name, "it");
    await expect.poll(() => heard).toEqual(["it"]);
  });

  test("when nobody listens any more the connection is closed", async () => {
    const { made, database } = await openTest(version, user);
    const listeners = `SELECT count(*) FROM pg_stat_activity
      WHERE datname = '${made.name}' AND query LIKE 'LISTEN%'`;
    const count = () =>
      database.read({ signal }, async (session) => (await session.query(listeners)).rows[0]?.[0]);
    const stop = await database.listen("changes", () => {});
    expect(await count()).toBe("1");
    stop();
    await expect.poll(count).toBe("0");
  });
});

async function notify(database: Database, channel: string, payload: string): Promise<void> {
  await database.write({ signal }, (session) =>
    session.query("SELECT pg_notify($1, $2)", [channel, payload]),
  );
}
