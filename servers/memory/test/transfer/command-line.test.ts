import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import path from "node:path";
import { text } from "node:stream/consumers";
import { createDatabase } from "@portico/testing-postgres";
import { call, scratch, structured } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { createSample, entity } from "../support/graphs.ts";
import { binary, openBinary } from "../support/servers.ts";

function start(args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [binary, ...args], {
    encoding: "utf8",
    input: "",
    env: { PATH: process.env.PATH, ...env },
  });
  return { status, stdout, stderr };
}

/** A database with something in it. */
async function sample(): Promise<{ dir: string; file: string }> {
  const dir = scratch();
  const file = path.join(dir, "memory.db");
  const client = await openBinary(["--file", file]);
  await createSample(client);
  await client.close();
  return { dir, file };
}

async function graphIn(args: readonly string[], env: Record<string, string> = {}) {
  const client = await openBinary(args, { env });
  onTestFinished(() => client.close());
  return structured<{ entities: object[]; relations: object[] }>(client, "read_graph");
}

test.each([
  ["jsonl", /^\{"type":"entity","name":"Alice"/],
  ["json", /^\{\n {2}"entities": \[/],
  ["markdown", /^# Knowledge graph\n\n## Alice\n/],
  ["graphml", /^<\?xml/],
])("--export %s writes the graph to standard output, and ends", async (format, begin) => {
  const { file } = await sample();
  const { status, stdout } = start(["--file", file, "--export", format]);
  expect(status).toBe(0);
  expect(stdout).toMatch(begin);
  expect(stdout).toContain("speaks Dutch");
});

test.each(["x.jsonl", "x.json", "x.md", "x.graphml"])(
  "--export %s writes a file, which --import adds to another memory",
  async (name) => {
    const { dir, file } = await sample();
    const target = path.join(dir, name);
    expect(start(["--file", file, "--export", target])).toMatchObject({ status: 0, stdout: "" });
    expect(fs.statSync(target).mode & 0o777).toBe(0o600);
    const other = path.join(dir, "other.db");
    const { status, stdout, stderr } = start(["--file", other, "--import", target]);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(stderr).toMatch(/Imported.*entities=4.*relations=3/);
    expect(await graphIn(["--file", other])).toEqual(await graphIn(["--file", file]));
  },
);

test("--project says whose graph is exported", async () => {
  const { file } = await sample();
  const { stdout } = start(["--file", file, "--project", "empty", "--export", "jsonl"]);
  expect(stdout).toBe("");
});

test("a large graph goes to standard output whole, or as far as somebody reads it", async () => {
  const file = path.join(scratch(), "memory.db");
  const client = await openBinary(["--file", file]);
  const facts = Array.from({ length: 3_000 }, (_, at) => `${at} ${"x".repeat(1_000)}`);
  await call(client, "create_entities", { entities: [entity("Alice", "person", ...facts)] });
  await client.close();
  const { stdout } = spawnSync(process.execPath, [binary, "--file", file, "--export", "jsonl"], {
    encoding: "utf8",
    maxBuffer: 1e8,
  });
  expect(JSON.parse(stdout)).toMatchObject({ name: "Alice", observations: facts });
  const env = { PATH: process.env.PATH };
  const child = spawn(process.execPath, [binary, "--file", file, "--export", "jsonl"], { env });
  child.stdin.end();
  child.stdout.once("data", () => child.stdout.destroy());
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  expect([said, code]).toEqual(["", 0]);
});

test("--backup copies the database while a server runs", async () => {
  const { dir, file } = await sample();
  const client = await openBinary(["--file", file]);
  onTestFinished(() => client.close());
  await call(client, "create_entities", { entities: [entity("late")] });
  const copy = path.join(dir, "copy.db");
  expect(start(["--file", file, "--backup", copy])).toMatchObject({ status: 0, stdout: "" });
  expect((await graphIn(["--file", copy])).entities).toHaveLength(5);
  const again = start(["--file", file, "--backup", copy]);
  expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining("exists already") });
});

describe("what cannot be done is refused", () => {
  test.each([
    [["--export", "x.csv"], "does not tell its format"],
    [["--import", "x"], "does not tell its format"],
    [["--import", "absent.jsonl"], "There is no file"],
    [["--export", "jsonl", "--backup", "x.db"], "one at a time"],
  ])("%j", (args, reason) => {
    const dir = scratch();
    const { status, stdout, stderr } = start(["--file", path.join(dir, "memory.db"), ...args]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(reason);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });

  test("an export over a file that is there", async () => {
    const { file } = await sample();
    const target = path.join(scratch({ "x.md": "mine" }), "x.md");
    const { status, stderr } = start(["--file", file, "--export", target]);
    expect([status, fs.readFileSync(target, "utf8")]).toEqual([2, "mine"]);
    expect(stderr).toContain("exists already");
  });

  test("an import that is no graph", () => {
    const dir = scratch({ "x.json": "[1, 2]" });
    const args = ["--file", path.join(dir, "memory.db"), "--import", path.join(dir, "x.json")];
    expect(start(args)).toMatchObject({ status: 2, stderr: expect.stringContaining("no graph") });
  });
});

test("an old file goes straight into PostgreSQL, once", async () => {
  const line = { type: "entity", name: "Ada", entityType: "person", observations: ["sings"] };
  const dir = scratch({ "memory.jsonl": JSON.stringify(line) });
  const url = (await createDatabase(18)).url();
  const env = { MEMORY_FILE_PATH: path.join(dir, "memory.jsonl"), MEMORY_DATABASE_URL: url };
  const first = await openBinary([], { env });
  expect(await structured(first, "read_graph")).toMatchObject({ entities: [{ name: "Ada" }] });
  await call(first, "delete_entities", { entityNames: ["Ada"] });
  await first.close();
  expect(await graphIn([], env)).toEqual({ entities: [], relations: [] });
  expect(fs.readdirSync(dir)).toEqual(["memory.jsonl"]);
  const { status, stderr } = start(["--backup", path.join(dir, "x.db")], env);
  expect([status, stderr]).toEqual([2, expect.stringContaining("pg_dump")]);
});

test("files and embeddings are for those who are told of them, and read-only has neither file nor import", async () => {
  const folder = scratch();
  const args = ["--file", path.join(scratch(), "memory.db"), "--transfer-dir", folder];
  const names = async (...more: string[]) => {
    const client = await openBinary([...args, ...more]);
    onTestFinished(() => client.close());
    return (await client.listTools()).map(({ name }) => name);
  };
  const transfers = ["export_graph", "import_graph", "backup_database"];
  expect(await names()).toEqual(expect.arrayContaining(transfers));
  const readOnly = await names("--read-only");
  expect(transfers.filter((name) => readOnly.includes(name))).toEqual(["export_graph"]);
});

test("the key of the embeddings endpoint is no flag", () => {
  const { stdout } = start(["--help"]);
  expect(stdout).toContain("MEMORY_EMBEDDINGS_KEY");
  expect(stdout).not.toContain("--embeddings-key");
});
