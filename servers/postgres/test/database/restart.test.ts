import {
  type PostgresServer,
  type PostgresVersion,
  removePostgres,
  startAgain,
  startPostgres,
  stopPostgres,
} from "@portico/testing-postgres";
import { describe, expect, onTestFinished, test } from "vitest";
import { open, signal, value } from "./open.ts";

describe.each([15, 18] as const)("PostgreSQL %i", (version) => {
  test("is used again after a restart, without a failed call", async () => {
    const own = await startOwn(version);
    const database = open(own.server.url());
    await Promise.all([1, 2, 3, 4].map((id) => value(database, `SELECT ${id}`)));
    for (let round = 0; round < 3; round += 1) {
      await own.restart();
      expect(await value(database, "SELECT 1")).toBe("1");
      const written = await database.write({ signal }, (session) =>
        session.query("CREATE TABLE IF NOT EXISTS facts (id int)"),
      );
      expect(written.command).toBe("CREATE");
      await Promise.all([1, 2, 3, 4].map((id) => value(database, `SELECT ${id}`)));
    }
  });

  test("is used again after a restart by writes and statements alone", async () => {
    const own = await startOwn(version);
    const database = open(own.server.url());
    await value(database, "SELECT 1");
    await own.restart();
    await database.alone({ signal }, "VACUUM");
    await own.restart();
    await database.write({ signal }, (session) => session.query("CREATE TABLE facts (id int)"));
    await own.restart();
    const transaction = await database.begin({ signal, readOnly: false });
    await transaction.commit();
  });

  test("that is down is said to be, and used when it is back", async () => {
    const own = await startOwn(version);
    const database = open(own.server.url());
    await value(database, "SELECT 1");
    await stopPostgres(own.server);
    await expect(value(database, "SELECT 1")).rejects.toMatchObject({
      code: "unreachable",
      message: `Nothing accepts connections at 127.0.0.1:${own.server.port}; check host and port, and that PostgreSQL is running.`,
    });
    await own.restart();
    expect(await value(database, "SELECT 1")).toBe("1");
  });

  test("is heard again after a restart, and listeners know that they missed something", async () => {
    const own = await startOwn(version);
    const database = open(own.server.url());
    const heard: string[] = [];
    await database.listen("changes", (payload) => heard.push(payload));
    await own.restart();
    await expect.poll(() => heard, { timeout: 10_000 }).toEqual([""]);
    await database.write({ signal }, (session) => session.query("NOTIFY changes, 'one'"));
    await expect.poll(() => heard).toEqual(["", "one"]);
  });
});

async function startOwn(version: PostgresVersion): Promise<{
  readonly server: PostgresServer;
  readonly restart: () => Promise<void>;
}> {
  let server = await startPostgres({ version });
  const { folder, port } = server;
  onTestFinished(() => removePostgres(server));
  const restart = async () => {
    await stopPostgres(server);
    server = await startAgain(folder, { version, port });
  };
  return { server, restart };
}
