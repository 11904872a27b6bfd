import { createRequire } from "node:module";
import { DatabaseSync } from "node:sqlite";
import {
  memoryTaskStore,
  redisTaskStore,
  type SqliteDatabase,
  sqliteTaskStore,
  type TaskRecord,
  type TaskStore,
} from "@portico/core/extensions/tasks";
import { createClient } from "redis";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { redisUrl } from "../redis-url.ts";

const BetterSqlite = createRequire(import.meta.url)("better-sqlite3") as new (
  path: string,
) => SqliteDatabase & { close(): void };

/** A store to test, as it is after `open`, with a clock the test turns. */
interface Subject {
  readonly name: string;
  readonly skip?: string;
  open(now: () => number): Promise<TaskStore>;
  close?(): Promise<void> | void;
}

const opened: { close(): void }[] = [];

function keptOpen<T extends { close(): void }>(database: T): T {
  opened.push(database);
  return database;
}

function redis(): Subject {
  const client = createClient(redisUrl === undefined ? {} : { url: redisUrl });
  return {
    name: "Redis",
    ...(redisUrl === undefined && { skip: "PORTICO_TEST_REDIS_URL names no server" }),
    async open(now) {
      await client.connect();
      const prefix = `portico-test-${crypto.randomUUID()}:`;
      return redisTaskStore((args) => client.sendCommand(args), { prefix, now });
    },
    close: () => (client.isOpen ? client.close() : undefined),
  };
}

const subjects: readonly Subject[] = [
  { name: "memory", open: async (now) => memoryTaskStore(now) },
  {
    name: "better-sqlite3",
    open: async (now) => sqliteTaskStore(keptOpen(new BetterSqlite(":memory:")), now),
  },
  {
    name: "node:sqlite",
    open: async (now) => sqliteTaskStore(keptOpen(new DatabaseSync(":memory:")), now),
  },
  redis(),
];

afterAll(() => {
  for (const database of opened) database.close();
});

let now = 0;
let lastId = 0;

function record(more: Partial<TaskRecord> = {}): TaskRecord {
  return {
    id: `task-${++lastId}`,
    owner: null,
    version: 1,
    status: "working",
    createdAt: now,
    updatedAt: now,
    ttlMs: 60_000,
    call: {
      method: "tools/call",
      params: { name: "wait", arguments: { text: "ünïcode 🎉" } },
      revision: "2026-07-28",
      client: { capabilities: {} },
    },
    answers: { given: [["key", { action: "accept" }]], steps: [] },
    questions: [],
    ...more,
  };
}

describe.each(subjects)("tasks in $name", ({ skip, open, close }) => {
  let store: TaskStore;
  beforeAll(async () => {
    now = Date.now();
    if (skip === undefined) store = await open(() => now);
  });
  afterAll(() => close?.());
  // Only the store in Redis is ever skipped: where no PORTICO_TEST_REDIS_URL names one.
  const it = test.skipIf(skip !== undefined);

  it("are found as they were stored", async () => {
    const one = record();
    await store.create(one);
    expect(await store.get(one.id)).toEqual(one);
    expect(await store.get("nobody's")).toBeUndefined();
  });

  it("are replaced only by the version that follows", async () => {
    const one = record();
    await store.create(one);
    const next = { ...one, version: 2, status: "completed" as const, result: { content: [] } };
    expect(await store.replace({ ...one, version: 3 })).toBe(false);
    expect(await store.replace(next)).toBe(true);
    expect(await store.replace(next)).toBe(false);
    expect(await store.get(one.id)).toEqual(next);
    expect(await store.replace(record({ version: 2 }))).toBe(false);
  });

  it("are changed by one of many who try at once", async () => {
    const one = record();
    await store.create(one);
    const tries = Array.from({ length: 8 }, (_, at) =>
      store.replace({ ...one, version: 2, statusMessage: `${at}` }),
    );
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
  });

  it("are counted for each owner, and nobody is no owner of that name", async () => {
    const [ann, nobody] = [`ann-${lastId}`, "nobody"];
    const first = record({ owner: ann });
    await store.create(first);
    await store.create(record({ owner: ann }));
    await store.create(record({ owner: nobody }));
    const before = await store.usage(ann);
    expect(before.tasks).toBe(2);
    expect(before.characters).toBeGreaterThan(JSON.stringify(first).length);
    await store.replace({ ...first, version: 2, result: { text: "x".repeat(10_000) } });
    const after = await store.usage(ann);
    expect(after.tasks).toBe(2);
    expect(after.characters).toBeGreaterThan(before.characters + 9_000);
    expect((await store.usage(nobody)).tasks).toBe(1);
    expect((await store.usage("stranger")).tasks).toBe(0);
  });

  it("are gone when their time is over, and not before", async () => {
    const owner = `short-${lastId}`;
    const short = record({ owner, ttlMs: 30_000 });
    const forever = record({ owner, ttlMs: null });
    await store.create(short);
    await store.create(forever);
    now += 29_999;
    expect(await store.get(short.id)).toEqual(short);
    now += 1;
    expect(await store.get(short.id)).toBeUndefined();
    expect(await store.replace({ ...short, version: 2 })).toBe(false);
    expect(await store.get(forever.id)).toEqual(forever);
    expect((await store.usage(owner)).tasks).toBe(1);
  });
});
