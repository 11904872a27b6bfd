import {
  closeSync,
  existsSync,
  fdatasyncSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compareCalls, type Work } from "../measure/compare-calls.ts";
import { launch, type Running } from "../measure/load-client.ts";
import { pinTogether } from "../measure/pin.ts";
import { peakMegabytes } from "../measure/process-facts.ts";
import { median } from "../measure/statistics.ts";
import type { Row } from "../row.ts";
import { officialMemory, ourMemory } from "../subjects.ts";

const FEW = 5_000;
const MANY = 100_000;
const MILLION = 1_000_000;

/** Files in memory, where there are such. */
const IN_MEMORY = "/dev/shm";

/** The memory server beside the official one, on graphs both were given as the same file, and alone on a large one. */
export async function memoryRows(rounds: number): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), "portico-memory-"));
  try {
    return [
      ...(await manyInFlight(folder)),
      ...(await besideOfficial(folder, FEW, rounds)),
      ...(await besideOfficial(folder, MANY, Math.min(rounds, 5))),
      ...(await million(folder)),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * The official server rewrites its whole file at each change and leaves it to the system to bring that to the disk, so
 * that whoever waits for the disk next waits for that, too. Its file lies in memory for that reason. With one call in
 * flight client and server take turns, on one core.
 */
async function besideOfficial(folder: string, size: number, rounds: number): Promise<Row[]> {
  const aside = mkdtempSync(join(existsSync(IN_MEMORY) ? IN_MEMORY : folder, "portico-official-"));
  const files = [join(folder, `ours-${size}.jsonl`), join(aside, `official-${size}.jsonl`)];
  for (const file of files) writeGraph(file, size);
  const [ours, peer] = [launch(ourMemory(files[0]!)), launch(officialMemory(files[1]!))];
  try {
    for (const server of [ours, peer]) {
      await server.initialize();
      await call(server, "open_nodes", { names: [nameOf(1)] });
      pinTogether(server.pid);
    }
    const rows: Row[] = [];
    for (const work of works(size, folder)) {
      rows.push(await compareCalls(work, { ours, peer, peerName: "official" }, rounds));
    }
    return rows;
  } finally {
    await Promise.all([ours.stop(), peer.stop()]);
    rmSync(aside, { recursive: true, force: true });
  }
}

function works(size: number, folder: string): Work[] {
  const at = `at ${size / 1_000}k entities`;
  const create = {
    what: `create_entities ${at}`,
    requests: () => creates(size === FEW ? 20 : 10),
    note: `a page to this disk: ${pageToDisk(folder).toFixed(2)} ms`,
  };
  if (size === FEW) return [{ ...create, must: { atLeast: 50 } }];
  const found = `word${size / 2}`;
  return [
    { ...create, must: { atLeast: 500 } },
    {
      what: `search_nodes, 1 hit, ${at}`,
      requests: () => [lineOf("search_nodes", { query: found })],
      must: { atLeast: 8 },
      aim: { atLeast: 20 },
    },
    {
      what: `open_nodes, 1 name, ${at}`,
      requests: () => [lineOf("open_nodes", { names: [nameOf(size / 2)] })],
      must: { atLeast: 30 },
      aim: { atLeast: 60 },
    },
  ];
}

/** What nobody can undercut who writes before answering: milliseconds until 4 kB more are on the disk. */
function pageToDisk(folder: string): number {
  const file = openSync(join(folder, "page"), "w");
  const page = Buffer.alloc(4_096);
  const figures = Array.from({ length: 200 }, () => {
    const started = performance.now();
    writeSync(file, page);
    fdatasyncSync(file);
    return performance.now() - started;
  });
  closeSync(file);
  return median(figures);
}

async function manyInFlight(folder: string): Promise<Row[]> {
  const server = launch(ourMemory(join(folder, "flight.db")));
  try {
    await server.initialize();
    await call(server, "create_entities", entityArguments());
    const figures: number[] = [];
    for (let round = 0; round < 5; round++) {
      const lines = creates(3_000);
      const { calls, milliseconds } = await server.flood(
        lines,
        64,
        (answered) => answered >= lines.length - 64,
      );
      figures.push((calls / milliseconds) * 1_000);
    }
    const value = median(figures);
    return [
      {
        what: "durable creates, 64 in flight",
        ours: `${(value / 1_000).toFixed(1)}k/s`,
        peer: "",
        value,
        unit: "calls/s",
        must: { atLeast: 3_000 },
      },
    ];
  } finally {
    await server.stop();
  }
}

async function million(folder: string): Promise<Row[]> {
  const file = join(folder, "million.jsonl");
  writeGraph(file, MILLION);
  const importing = launch(ourMemory(file));
  await importing.initialize();
  await call(importing, "open_nodes", { names: [nameOf(1)] });
  await importing.stop();
  const server = launch(ourMemory(file));
  try {
    await server.initialize();
    await call(server, "open_nodes", { names: [nameOf(1)] });
    pinTogether(server.pid);
    const created = await milliseconds(server, () => creates(50));
    let searched = 0;
    const found = await milliseconds(server, () => [
      lineOf("search_nodes", { query: `word${++searched * 7_919}` }),
    ]);
    const common = await milliseconds(server, () => [
      lineOf("search_nodes", { query: "remembers thing", limit: 10 }),
    ]);
    const alone = { peer: "", ours: "" };
    const at = "at 1000k entities";
    return [
      { what: `create_entities ${at}`, ...alone, value: created, unit: "ms", must: { atMost: 1 } },
      {
        what: `search_nodes, 1 hit, ${at}`,
        ...alone,
        value: found,
        unit: "ms",
        must: { atMost: 50 },
      },
      {
        what: `search_nodes, all hit, ${at}`,
        ...alone,
        value: common,
        unit: "ms",
        must: { atMost: 50 },
      },
      {
        what: `peak RSS ${at}`,
        ...alone,
        value: peakMegabytes(server.pid),
        unit: "MB",
        must: { atMost: 150 },
      },
    ];
  } finally {
    await server.stop();
  }
}

async function milliseconds(server: Running, requests: () => readonly Buffer[]): Promise<number> {
  const figures: number[] = [];
  for (let round = 0; round < 11; round++) {
    const lines = requests();
    const flooded = await server.flood(lines, 1, (answered) => answered >= lines.length);
    figures.push(flooded.milliseconds / flooded.calls);
  }
  return median(figures);
}

/** A file of the official format: entities with two facts, and as many relations. */
function writeGraph(file: string, size: number): void {
  const portion = 50_000;
  writeFileSync(file, "");
  for (let from = 0; from < size; from += portion) {
    const count = Math.min(portion, size - from);
    const lines = Array.from({ length: count }, (_, index) => JSON.stringify(entity(from + index)));
    writeFileSync(file, `${lines.join("\n")}\n`, { flag: "a" });
  }
  for (let from = 0; from < size; from += portion) {
    const count = Math.min(portion, size - from);
    const lines = Array.from({ length: count }, (_, index) =>
      JSON.stringify({
        type: "relation",
        from: nameOf(from + index),
        to: nameOf((from + index + 1) % size),
        relationType: "knows",
      }),
    );
    const end = from + count < size ? "\n" : "";
    writeFileSync(file, lines.join("\n") + end, { flag: "a" });
  }
}

function entity(index: number) {
  const observations = [`remembers thing word${index}`, `lives in city ${index % 997}`];
  return { type: "entity", name: nameOf(index), entityType: "person", observations };
}

function nameOf(index: number): string {
  return `Person ${index}`;
}

let made = 0;

function entityArguments() {
  const index = ++made;
  return {
    entities: [{ name: `New ${index}`, entityType: "person", observations: [`came as ${index}`] }],
  };
}

function creates(count: number): Buffer[] {
  return Array.from({ length: count }, () => lineOf("create_entities", entityArguments()));
}

let lines = 1_000_000;

function lineOf(name: string, args: object): Buffer {
  const message = {
    jsonrpc: "2.0",
    id: ++lines,
    method: "tools/call",
    params: { name, arguments: args },
  };
  return Buffer.from(`${JSON.stringify(message)}\n`);
}

async function call(server: Running, name: string, args: object): Promise<void> {
  const { isError, content } = await server.request<{ isError?: boolean; content: unknown }>(
    "tools/call",
    { name, arguments: args },
  );
  if (isError) throw new Error(`${name} failed: ${JSON.stringify(content)}`);
}
