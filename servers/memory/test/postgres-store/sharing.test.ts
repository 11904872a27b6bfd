import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import {
  createDatabase,
  removePostgres,
  startAgain,
  startPostgres,
  stopPostgres,
} from "@portico/testing-postgres";
import { Client } from "pg";
import { expect, test, vi } from "vitest";
import type { Changed } from "../../src/graph/types.ts";
import { openPostgresStore } from "../../src/postgres/open.ts";
import { ann, entity, mine, relation } from "../store/support.ts";

const WRITER = fileURLToPath(new URL("writer.ts", import.meta.url));

/** What a process of its own said; it creates `count` entities, all at once. */
async function writes(url: string, name: string, count: number): Promise<string> {
  const child = spawn(
    process.execPath,
    ["--conditions=portico-source", WRITER, url, name, String(count)],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  await once(child, "close");
  return said;
}

test("8 processes that start at once and write 64 entities each lose none", {
  timeout: 120_000,
}, async () => {
  const { url } = await createDatabase(18);
  const names = Array.from({ length: 8 }, (_, index) => `process ${index}`);
  const said = await Promise.all(names.map((name) => writes(url(), name, 64)));
  expect(said).toEqual(names.map(() => "stored 64"));
  const store = await openPostgresStore(url());
  const { items } = await store.listEntities(mine, { limit: 1000 });
  expect(new Set(items.map(({ name }) => name)).size).toBe(8 * 64 + 1);
  const { facts } = items.find(({ name }) => name === "shared") ?? { facts: [] };
  expect(facts).toHaveLength(8 * 64);
  const history = await store.history(mine, { limit: 5000 });
  const ids = history.items.map(({ id }) => id);
  expect(ids).toEqual(ids.toSorted((one, other) => other - one));
  await store.close();
});

test("a store hears what another one writes, and by whose name", async () => {
  const { url } = await createDatabase(18);
  const [one, other] = [await openPostgresStore(url()), await openPostgresStore(url())];
  const heard: Changed[] = [];
  one.watch((change) => heard.push(change));
  await other.createEntities(mine, [entity("a"), entity("b")], ann);
  await vi.waitFor(() =>
    expect(heard.some(({ scope }) => scope.project === mine.project)).toBe(true),
  );
  heard.length = 0;
  await other.createRelations(mine, [relation("a", "knows", "b")], ann);
  await vi.waitFor(() => expect(heard).toContainEqual({ scope: mine, names: ["a", "b"] }));
  await Promise.all([one.close(), other.close()]);
});

test("what is told to whoever listens on the server is numbers, never names", async () => {
  const { url } = await createDatabase(18);
  const store = await openPostgresStore(url());
  const client = new Client(url());
  await client.connect();
  const heard: string[] = [];
  client.on("notification", ({ payload }) => heard.push(payload ?? ""));
  await client.query(`LISTEN """portico_memory"".changes"`);
  await store.createEntities(mine, [entity("secret", "of mine")], ann);
  await vi.waitFor(() => expect(heard).toHaveLength(1));
  expect(heard[0]).toMatch(/^\d+:\d+:\d+:[0-9a-f-]{36}$/);
  await client.end();
  await store.close();
});

test("after a restart of the server the next read and the next write work, and watchers hear again", {
  timeout: 60_000,
}, async () => {
  const server = await startPostgres({ version: 18 });
  const store = await openPostgresStore(server.url());
  const heard: Changed[] = [];
  store.watch((change) => heard.push(change));
  await store.createEntities(mine, [entity("before")], ann);
  await stopPostgres(server);
  const down = store.createEntities(mine, [entity("during")], ann);
  const again = await startAgain(server.folder, { version: 18, port: server.port });
  try {
    expect(await down).toEqual(["during"]);
    expect(await store.openEntities(mine, ["before"], {})).toHaveLength(1);
    const other = await openPostgresStore(again.url());
    await other.createEntities(mine, [entity("after")], ann);
    await vi.waitFor(
      () =>
        expect(heard.some(({ names }) => names === undefined || names.includes("after"))).toBe(
          true,
        ),
      { timeout: 15_000 },
    );
    await other.close();
  } finally {
    await store.close();
    await removePostgres(again);
  }
});

test("connections that the server ends are replaced, and what was being written is written once", async () => {
  const { url, run, name } = await createDatabase(18);
  const store = await openPostgresStore(url());
  const end = () =>
    run(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}' AND pid <> pg_backend_pid()`,
    );
  const names = Array.from({ length: 200 }, (_, index) => `e${index}`);
  const writing = names.map((one) => store.createEntities(mine, [entity(one, "fact")], ann));
  for (let turn = 0; turn < 5; turn++) await end();
  const created = await Promise.all(writing);
  expect(created.flat()).toEqual(names);
  expect((await store.summary(mine, {})).observations).toBe(200);
  await store.close();
});
