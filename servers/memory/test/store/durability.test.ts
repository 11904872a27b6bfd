import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { GraphStore } from "../../src/graph/store.ts";
import type { Changed } from "../../src/graph/types.ts";
import { openSqliteStore } from "../../src/sqlite/store.ts";
import { mine } from "./support.ts";

const program = new URL("writing-process.ts", import.meta.url).pathname;
const PROCESSES = 8;
const IN_FLIGHT = 64;
/** How long processes are killed for, in milliseconds. */
const CRASHING = 8_000;
let folder: string;
let file: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "portico-memory-"));
  file = join(folder, "memory.db");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("keeps every write that was acknowledged before the process was killed", {
  timeout: 60_000,
}, async () => {
  const acknowledged: string[] = [];
  const end = Date.now() + CRASHING;
  let crashes = 0;
  while (Date.now() < end) {
    const child = start(`run ${crashes}`, 16);
    const output = outputOf(child);
    // It dies at a moment of its own: after a number of writes, among others that are not through yet.
    const enough = 1 + ((crashes * 37) % 200);
    await output.lines(enough);
    child.kill("SIGKILL");
    acknowledged.push(...(await output.all()));
    crashes += 1;
  }
  const kept = await namesIn(file);
  expect(crashes).toBeGreaterThan(3);
  expect(acknowledged.filter((name) => !kept.has(name))).toEqual([]);
  expect(await searched(file, "shared")).toBe(true);
});

test("loses nothing and refuses nothing when 8 processes with 64 writes in flight write one file", {
  timeout: 120_000,
}, async () => {
  const each = 128;
  const children = Array.from({ length: PROCESSES }, (_, index) =>
    start(`process ${index}`, IN_FLIGHT, each),
  );
  const outputs = children.map(outputOf);
  const codes = await Promise.all(children.map(async (child) => (await once(child, "close"))[0]));
  const printed = (await Promise.all(outputs.map((output) => output.all()))).flat();
  expect(codes).toEqual(Array(PROCESSES).fill(0));
  expect(printed).toHaveLength(PROCESSES * each);
  expect((await namesIn(file)).size).toBe(PROCESSES * each);
});

test("hears of what another process writes, by name", async () => {
  const store = await openSqliteStore(file);
  const heard: Changed[] = [];
  const stop = store.watch((change) => heard.push(change));
  try {
    await once(start("other", 1, 3), "close");
    await vi.waitFor(
      () => {
        const names = heard.flatMap(({ names }) => names ?? []);
        expect(new Set(names)).toEqual(new Set(["other 0", "other 1", "other 2"]));
      },
      { timeout: 10_000 },
    );
    await store.createEntities(mine, [{ name: "own", entityType: "x", observations: [] }], {});
    await vi.waitFor(() => expect(heard.at(-1)?.names).toEqual(["own"]));
  } finally {
    stop();
    await store.close();
  }
});

function start(label: string, inFlight: number, count?: number): ChildProcess {
  const given = [file, label, String(inFlight), ...(count === undefined ? [] : [String(count)])];
  return spawn(process.execPath, [program, ...given], { stdio: ["ignore", "pipe", "inherit"] });
}

/** What a process prints: its whole lines. */
function outputOf(child: ChildProcess) {
  let text = "";
  const ended = once(child, "close");
  child.stdout?.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
  });
  const whole = () => text.split("\n").slice(0, -1);
  return {
    lines: async (count: number) => {
      while (whole().length < count) {
        await Promise.race([once(child.stdout as NodeJS.ReadableStream, "data"), ended]);
        if (child.exitCode !== null) throw new Error("The writing process failed.");
      }
    },
    all: async () => {
      await ended;
      return whole();
    },
  };
}

async function namesIn(path: string): Promise<Set<string>> {
  return withStore(path, async (store) => {
    const names = new Set<string>();
    for await (const record of store.exportRecords(mine, {})) {
      if (record.kind === "entity" && record.observations.length === 2) names.add(record.name);
    }
    return names;
  });
}

async function searched(path: string, text: string): Promise<boolean> {
  return withStore(path, async (store) => {
    const { items } = await store.search(mine, { text, limit: 1 });
    return items.length === 1;
  });
}

async function withStore<T>(path: string, use: (store: GraphStore) => Promise<T>): Promise<T> {
  const store = await openSqliteStore(path);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
