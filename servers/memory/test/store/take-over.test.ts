import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { GraphStore } from "../../src/graph/store.ts";
import { openSqliteStore } from "../../src/sqlite/store.ts";
import { formatJsonl } from "../../src/transfer/jsonl.ts";
import { takeOver } from "../../src/transfer/take-over.ts";
import { ann, collect, entity, listed, mine, related } from "./support.ts";

const official = new URL(
  "../../node_modules/@modelcontextprotocol/server-memory/dist/index.js",
  import.meta.url,
);
let folder: string;
let file: string;
let store: GraphStore;
let said: string[];

beforeEach(async () => {
  said = [];
  folder = await mkdtemp(join(tmpdir(), "portico-memory-"));
  file = join(folder, "memory.jsonl");
  store = await openSqliteStore(join(folder, "memory.db"));
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const taken = (path: string) => takeOver(store, mine, path, { say: (one) => void said.push(one) });

const line = (name: string, ...observations: string[]) =>
  JSON.stringify({ type: "entity", name, entityType: "thing", observations });

test("takes a file over once, and leaves it as it was", async () => {
  const text = `${line("a", "one")}\r\n{"type":"note"}\r\n{"torn`;
  await writeFile(file, text);
  const before = await stat(file);
  expect(await taken(file)).toMatchObject({ entities: 1, foreign: 2 });
  expect(await taken(file)).toBeUndefined();
  expect(await listed(store)).toEqual([["a", ["one"]]]);
  expect(await readFile(file, "utf8")).toBe(text);
  expect((await stat(file)).mtimeMs).toBe(before.mtimeMs);
});

test("says what it left as it is and why, once, and gives it out byte for byte", async () => {
  const long = line("n".repeat(1001), "one");
  const broken = line("b", "\ud800");
  await writeFile(file, `${line("a")}\n${long}\n${broken}\n{"type":"entity",  "name":"torn`);
  expect(await taken(file)).toMatchObject({ entities: 1, foreign: 3 });
  expect(said).toEqual([
    expect.stringMatching(/^Left as they are, .*: 3 records, as .*1001 characters/),
  ]);
  expect((await written()).split("\n")).toEqual((await readFile(file, "utf8")).split("\n"));
  await writeFile(file, `${await readFile(file, "utf8")}"}`);
  await taken(file);
  expect(said[1]).toContain(": 1 record, ");
});

test("does not bring back what was deleted since, though the file was only touched", async () => {
  await writeFile(file, line("a", "one"));
  await taken(file);
  await store.deleteEntities(mine, ["a"], ann);
  await utimes(file, new Date(), new Date(Date.now() + 60_000));
  expect(await taken(file)).toBeUndefined();
  expect(await listed(store)).toEqual([]);
});

test("adds what is new in a file that changed", async () => {
  await writeFile(file, line("a", "one"));
  await taken(file);
  await store.createEntities(mine, [entity("c")], ann);
  await writeFile(file, `${line("a", "one", "two")}\n${line("b")}`);
  const again = await taken(file);
  expect(again).toMatchObject({ entities: 1, observations: 1, known: 1 });
  expect(await listed(store)).toEqual([
    ["a", ["one", "two"]],
    ["c", []],
    ["b", []],
  ]);
});

test("takes nothing over where there is no file, and says so of one it cannot read", async () => {
  expect(await taken(join(folder, "none.jsonl"))).toBeUndefined();
  await expect(taken(folder)).rejects.toMatchObject({ code: "invalid" });
});

test("takes over what the official server writes, and writes it again byte for byte", async () => {
  const program = `
    process.env.MEMORY_FILE_PATH = ${JSON.stringify(file)};
    const { KnowledgeGraphManager } = await import(${JSON.stringify(official.href)});
    const graph = new KnowledgeGraphManager(${JSON.stringify(file)});
    const thing = (name, ...observations) => ({ name, entityType: "thing", observations });
    await graph.createEntities([thing("b", "é \\u2028 \\"x\\"", "two"), thing("a"), thing("c\\n🦊")]);
    await graph.createRelations([{ from: "b", to: "nobody", relationType: "knows" }]);
    await graph.createRelations([{ from: "a", to: "b", relationType: "knows" }]);
    process.exit(0);`;
  await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
  await taken(file);
  expect(await related(store)).toEqual(["b knows nobody", "a knows b"]);
  expect(await written()).toBe(await readFile(file, "utf8"));
});

/** The graph as a file of the official server. */
async function written(): Promise<string> {
  return (await collect(formatJsonl(store.exportRecords(mine, {})))).join("");
}
