import { execFile } from "node:child_process";
import {
  chmod,
  copyFile,
  mkdtemp,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import BetterSqlite3 from "better-sqlite3";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { GraphStore } from "../../src/graph/store.ts";
import { salvage } from "../../src/sqlite/salvage.ts";
import { openSqliteStore } from "../../src/sqlite/store.ts";
import { ann, entity, found, listed, mine, related, relation } from "./support.ts";

const program = new URL("writing-process.ts", import.meta.url).pathname;
const readOnly = new URL("read-only-process.ts", import.meta.url).pathname;
let folder: string;
let file: string;
const opened: GraphStore[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "portico-memory-"));
  file = join(folder, "deep", "memory.db");
});
afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(path = file): Promise<GraphStore> {
  const store = await openSqliteStore(path);
  opened.push(store);
  return store;
}

/** A database of some hundred entities, closed. */
async function filled(): Promise<void> {
  const store = await openSqliteStore(file);
  const names = Array.from({ length: 300 }, (_, index) => `entity ${index}`);
  const entities = names.map((name) => entity(name, `fact of ${name} `.repeat(20)));
  await store.createEntities(mine, entities, ann);
  const pairs = names.slice(1).map((name, index) => relation(`entity ${index}`, "next", name));
  await store.createRelations(mine, pairs, ann);
  await store.close();
}

describe("a database", () => {
  test("belongs to its user alone, with the folder that was made for it", async () => {
    const store = await open();
    await store.createEntities(mine, [entity("a")], ann);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(`${file}-wal`)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "deep"))).mode & 0o777).toBe(0o700);
  });

  test("is all there after it was closed and opened again", async () => {
    await filled();
    const store = await open();
    expect(await listed(store)).toHaveLength(300);
    expect(await related(store)).toHaveLength(299);
    expect(await found(store, "entity 123")).toContain("entity 123");
  });

  test("is begun in an empty file", async () => {
    file = join(folder, "memory.db");
    await writeFile(file, "");
    const store = await open();
    expect(await store.createEntities(mine, [entity("a")], ann)).toEqual(["a"]);
  });

  test("can be closed twice, and says so to who comes late", async () => {
    const store = await open();
    const writing = store.createEntities(mine, [entity("a")], ann);
    await Promise.all([store.close(), store.close()]);
    expect(await writing).toEqual(["a"]);
    await expect(store.listEntities(mine, { limit: 1 })).rejects.toMatchObject({ code: "busy" });
  });

  test("whose log was lost is as it was before, and whole", async () => {
    await filled();
    const store = await open();
    await store.createEntities(mine, [entity("late", "in the log")], ann);
    const copy = join(folder, "copy.db");
    await copyFile(file, copy);
    const old = await open(copy);
    expect(await listed(old)).toHaveLength(300);
    expect(await old.createEntities(mine, [entity("late")], ann)).toEqual(["late"]);
  });

  test("copies a long log into the file once nothing is written", async () => {
    const store = await open();
    const facts = ["a", "b"].map((letter) => `${letter.repeat(999)} `.repeat(2_500));
    await store.createEntities(mine, [entity("long", ...facts)], ann);
    const other = new BetterSqlite3(file);
    const log = () =>
      other.pragma("wal_checkpoint(NOOP)") as { log: number; checkpointed: number }[];
    expect(log()[0]).toMatchObject({ log: expect.toSatisfy((pages) => pages > 1000) });
    await vi.waitFor(() => expect(log()[0]?.checkpointed).toBe(log()[0]?.log), 10_000);
    other.close();
  });

  test("finishes what was begun before it closes", async () => {
    await filled();
    const store = await open();
    const calls = [
      store.search(mine, { text: "fact", limit: 5 }),
      store.summary(mine, {}),
      store.path(mine, { from: "entity 0", to: "entity 299", depth: 400 }),
    ];
    await store.close();
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map(({ status }) => status)).toEqual(Array(3).fill("fulfilled"));
  });

  test("waits for another program that keeps it locked", async () => {
    const store = await open();
    const other = new BetterSqlite3(file);
    other.exec("BEGIN IMMEDIATE");
    const writing = store.createEntities(mine, [entity("a")], ann);
    expect(await listed(store)).toEqual([]);
    other.exec("COMMIT");
    other.close();
    expect(await writing).toEqual(["a"]);
  });

  test("of another program is refused and left as it is", async () => {
    const path = join(folder, "other.db");
    const other = new BetterSqlite3(path);
    other.exec("CREATE TABLE precious (x)");
    other.close();
    const before = await readFile(path);
    await expect(openSqliteStore(path)).rejects.toMatchObject({ code: "invalid" });
    expect(await readFile(path)).toEqual(before);
  });

  test("of an older version is brought up to date", async () => {
    await filled();
    const older = new BetterSqlite3(file);
    older.exec("DROP TABLE taken_statements");
    older.pragma("user_version = 1");
    older.close();
    const store = await open();
    const before = await listed(store);
    await store.keepStatements(mine, Uint8Array.of(1));
    expect([...(await store.keptStatements(mine))]).toEqual([1]);
    expect(await listed(store)).toEqual(before);
    expect(before).not.toEqual([]);
  });

  test("of a newer version is refused", async () => {
    await filled();
    const newer = new BetterSqlite3(file);
    newer.pragma("user_version = 999");
    newer.close();
    await expect(openSqliteStore(file)).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("a folder in which nobody can make anything", () => {
  test.runIf(process.platform === "linux")("is refused, not tried for ever", async () => {
    await expect(openSqliteStore("/proc/nowhere/deep/memory.db")).rejects.toMatchObject({
      code: "read-only",
      message: expect.stringContaining("name a file in a folder"),
    });
  });

  test("is refused when it is a file", async () => {
    await filled();
    await expect(openSqliteStore(join(file, "deep", "memory.db"))).rejects.toMatchObject({
      code: "read-only",
    });
  });
});

describe("a database that can only be read", () => {
  test.each([
    ["whose folder cannot be written to", 0o444, 0o555],
    ["that cannot be written to", 0o444, 0o777],
  ])("%s answers, and refuses to be written", async (_, fileMode, folderMode) => {
    await filled();
    await chmod(folder, 0o755);
    await chmod(file, fileMode);
    await chmod(dirname(file), folderMode);
    try {
      const given = [readOnly, file];
      const { stdout } = await promisify(execFile)(process.execPath, given);
      expect(JSON.parse(stdout)).toEqual({ entities: 300, found: 5, refusal: "read-only" });
    } finally {
      await chmod(dirname(file), 0o700);
    }
  });
});

describe("a full disk", () => {
  test("fails the write and keeps what was there", async () => {
    await filled();
    const before = (await stat(file)).size;
    const limit = Math.ceil((before + 400_000) / 1024);
    const limited = `trap '' XFSZ; ulimit -f ${limit}; exec "$0" "$@"`;
    const running = promisify(execFile)("bash", [
      ...["-c", limited, process.execPath, program, file, "more", "8", "5000"],
    ]);
    const failure: { stdout: string; stderr: string } = await running.then(
      () => Promise.reject(new Error("The writing process found room.")),
      (error) => error,
    );
    expect(failure.stderr).toMatch(/room/);
    const acknowledged = failure.stdout.split("\n").slice(0, -1);
    const store = await open();
    const names = new Set((await all(store)).map(({ name }) => name));
    expect(acknowledged.filter((name) => !names.has(name))).toEqual([]);
    expect(names.has("entity 299")).toBe(true);
    expect(await store.createEntities(mine, [entity("after")], ann)).toEqual(["after"]);
  });
});

describe("a damaged database", () => {
  const damages: [string, (bytes: Buffer) => Buffer][] = [
    ["its first bytes gone", (bytes) => bytes.fill(0, 0, 16)],
    ["its header overwritten", (bytes) => bytes.fill(0xff, 0, 100)],
    ["its first page overwritten", (bytes) => bytes.fill(0xff, 0, 4096)],
    ["a text in its place", () => Buffer.from("dear diary ".repeat(1000))],
    ["its end cut off", (bytes) => bytes.subarray(0, bytes.length - 20_000)],
    ["a few bytes left", (bytes) => bytes.subarray(0, 50)],
  ];

  test.each(damages)("with %s is refused and left as it is", async (_, damage) => {
    await filled();
    const broken = Buffer.from(damage(await readFile(file)));
    await writeFile(file, broken);
    await expect(openSqliteStore(file)).rejects.toMatchObject({
      code: "damaged",
      message: expect.stringContaining("--salvage"),
    });
    expect(await readFile(file)).toEqual(broken);
  });

  test("with broken pages is not written to any more once that shows", async () => {
    await filled();
    await breakPages();
    const broken = await readFile(file);
    const store = await open();
    const many = Array.from({ length: 300 }, (_, index) => entity(`entity ${index}`, "more"));
    for (const name of ["a", "b"]) {
      await expect(
        store.createEntities(mine, [entity(name), ...many], ann).then(() => listed(store)),
      ).rejects.toMatchObject({ code: "damaged" });
    }
    await store.close();
    expect(await readFile(file)).toEqual(broken);
  });

  test("whose broken pages show in reading is not written to any more, and keeps its log", async () => {
    await filled();
    const reader = new BetterSqlite3(file, { readonly: true });
    const leaves = reader
      .prepare("SELECT pageno FROM dbstat WHERE name = 'observation' AND pagetype = 'leaf'")
      .pluck()
      .all() as number[];
    reader.close();
    const bytes = await readFile(file);
    // What is added goes to the last one.
    for (const page of leaves.slice(0, -1)) bytes.fill(0xa5, (page - 1) * 4096, page * 4096);
    await writeFile(file, bytes);
    const store = await open();
    await store.createEntities(mine, [entity("a", "one")], ann);
    await expect(listed(store)).rejects.toMatchObject({ code: "damaged" });
    await expect(store.createEntities(mine, [entity("b", "two")], ann)).rejects.toMatchObject({
      code: "damaged",
    });
    await store.close();
    expect(await readFile(file)).toEqual(bytes);
    expect(await readFile(`${file}-wal`, "latin1")).toContain("one");
  });

  test("with broken pages gives most of what it had to a new one", async () => {
    await filled();
    await breakPages();
    const broken = await readFile(file);
    const target = join(folder, "salvaged.db");
    const saved = await salvage(file, target);
    expect(await readFile(file)).toEqual(broken);
    expect(saved.entities).toBeGreaterThan(200);
    expect(saved.observations).toBeGreaterThan(100);
    const store = await open(target);
    const names = (await all(store)).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(200);
    expect(await store.createEntities(mine, [entity("new")], ann)).toEqual(["new"]);
    expect(await found(store, "new")).toContain("new");
  });

  test("with broken pages that say what is where gives most of what it had, too", async () => {
    await filled();
    const bytes = await readFile(file);
    for (let page = 20; page * 4096 < bytes.length; page += 8) {
      bytes.fill(0xa5, page * 4096, page * 4096 + 4096);
    }
    await writeFile(file, bytes);
    const saved = await salvage(file, join(folder, "salvaged.db"));
    expect(saved.entities).toBeGreaterThan(200);
  });

  test.each(damages.slice(0, 3))("with %s gives everything to a new one", async (_, damage) => {
    await filled();
    await writeFile(file, damage(await readFile(file)));
    const target = join(folder, "salvaged.db");
    expect(await salvage(file, target)).toMatchObject({
      entities: 300,
      observations: 300,
      relations: 299,
    });
    expect(await listed(await open(target))).toHaveLength(300);
  });

  test("with its end cut off gives what is left to a new one", async () => {
    await filled();
    await truncate(file, (await stat(file)).size - 40_000);
    const saved = await salvage(file, join(folder, "salvaged.db"));
    expect(saved.entities + saved.observations).toBeGreaterThan(0);
  });

  test("is not saved over a file that exists, nor where nothing can be read", async () => {
    await filled();
    await expect(salvage(file, file)).rejects.toMatchObject({ code: "exists" });
    const text = join(folder, "diary.txt");
    await writeFile(text, "dear diary ".repeat(1000));
    const target = join(folder, "salvaged.db");
    await expect(salvage(text, target)).rejects.toMatchObject({ code: "damaged" });
  });

  /** Overwrites every eighth page behind those a database begins with. */
  async function breakPages(): Promise<void> {
    const bytes = await readFile(file);
    for (let page = 60; page * 4096 < bytes.length; page += 8) {
      bytes.fill(0xa5, page * 4096, page * 4096 + 4096);
    }
    await writeFile(file, bytes);
  }
});

describe("a backup", () => {
  test("is a whole database of its user alone, made while writes go on", async () => {
    await filled();
    const store = await open();
    const target = join(folder, "backups", "memory.db");
    const backup = store.backup?.(target);
    const names = Array.from({ length: 50 }, (_, index) => `new ${index}`);
    await Promise.all(names.map((name) => store.createEntities(mine, [entity(name)], ann)));
    await backup;
    expect((await stat(target)).mode & 0o777).toBe(0o600);
    const copy = await open(target);
    expect((await listed(copy)).length).toBeGreaterThanOrEqual(300);
    expect(await found(copy, "entity 7")).toContain("entity 7");
  });

  test("replaces nothing", async () => {
    const store = await open();
    const target = join(folder, "taken");
    await writeFile(target, "precious");
    await expect(store.backup?.(target)).rejects.toMatchObject({ code: "exists" });
    expect(await readFile(target, "utf8")).toBe("precious");
  });
});

async function all(store: GraphStore) {
  const entities = [];
  for await (const record of store.exportRecords(mine, {})) {
    if (record.kind === "entity") entities.push(record);
  }
  return entities;
}
