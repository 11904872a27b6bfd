import { Client } from "pg";
import { expect, test } from "vitest";
import {
  createDatabase,
  removePostgres,
  startAgain,
  startPostgres,
  stopPostgres,
} from "./index.ts";

test.each([15, 18] as const)(
  "PostgreSQL %i is there, with a database for each file",
  async (version) => {
    const [one, other] = await Promise.all([createDatabase(version), createDatabase(version)]);
    await one.run("CREATE TABLE mine (id int)");
    expect(other.name).not.toBe(one.name);
    await expect(other.run("SELECT * FROM mine")).rejects.toThrow("does not exist");
    expect(await serverVersion(one.url())).toBe(version);
  },
);

test("a server of one's own keeps its data over a restart", async () => {
  const first = await startPostgres({ version: 18 });
  const client = new Client(first.url());
  await client.connect();
  await client.query("CREATE TABLE kept (id int)");
  await client.end();
  await stopPostgres(first);
  const second = await startAgain(first.folder, { version: 18, port: first.port });
  try {
    expect(second.url()).toBe(first.url());
    const again = new Client(second.url());
    await again.connect();
    expect((await again.query("SELECT * FROM kept")).rows).toEqual([]);
    await again.end();
  } finally {
    await removePostgres(second);
  }
});

async function serverVersion(url: string): Promise<number> {
  const client = new Client(url);
  await client.connect();
  const { rows } = await client.query("SHOW server_version_num");
  await client.end();
  return Math.floor(Number(rows[0].server_version_num) / 10_000);
}
