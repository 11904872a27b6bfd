import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { call, refusal, scratch, structured } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { entity } from "./support/graphs.ts";
import { binary, openBinary } from "./support/servers.ts";

type Options = Parameters<typeof openBinary>[1];

async function open(args: readonly string[], options: Options = {}) {
  const client = await openBinary(args, options);
  onTestFinished(() => client.close());
  return client;
}

function start(args: readonly string[], env: Record<string, string> = {}) {
  return spawnSync(process.execPath, [binary, ...args], {
    encoding: "utf8",
    input: "",
    // The correction says how the server was called, which is not how the tests were.
    env: { PATH: process.env.PATH, ...env },
  });
}

const create = { entities: [entity("Alice", "person", "sings")] };

test("MEMORY_FILE_PATH, --file and MEMORY_PROJECT do what they say", async () => {
  const dir = scratch();
  const env = { MEMORY_FILE_PATH: path.join(dir, "env.db"), MEMORY_PROJECT: "shop" };
  const first = await open([], { env });
  await call(first, "create_entities", create);
  expect(await structured(first, "list_projects")).toMatchObject({ current: "shop" });
  const other = await open(["--file", path.join(dir, "flag.db")], { env });
  expect(await structured(other, "read_graph")).toEqual({ entities: [], relations: [] });
  expect(fs.readdirSync(dir)).toEqual(expect.arrayContaining(["env.db", "flag.db"]));
});

test("without a word the memory is in the user's data folder, which only they can read", async () => {
  const home = scratch();
  const client = await open([], { env: { HOME: home, XDG_DATA_HOME: "" } });
  await call(client, "create_entities", create);
  const folder = process.platform === "darwin" ? "Library/Application Support" : ".local/share";
  const file = path.join(home, folder, "portico", "memory.db");
  expect(fs.statSync(file).mode & 0o077).toBe(0);
  expect(fs.statSync(path.dirname(file)).mode & 0o077).toBe(0);
});

describe("a file of the official server", () => {
  const lines = [
    { type: "entity", name: "Alice", entityType: "person", observations: ["sings"], mood: "fine" },
    { type: "entity", name: "Bob", entityType: "person", observations: [] },
    { type: "relation", from: "Alice", to: "Bob", relationType: "knows" },
  ].map((line) => JSON.stringify(line));

  test("is taken over into a database beside it, and stays as it was", async () => {
    const text = lines.join("\n");
    const dir = scratch({ "memory.jsonl": text });
    const client = await open([], { env: { MEMORY_FILE_PATH: path.join(dir, "memory.jsonl") } });
    expect(await structured(client, "read_graph")).toEqual({
      entities: [entity("Alice", "person", "sings"), entity("Bob", "person")],
      relations: [{ from: "Alice", to: "Bob", relationType: "knows" }],
    });
    await call(client, "delete_entities", { entityNames: ["Bob"] });
    expect(fs.readFileSync(path.join(dir, "memory.jsonl"), "utf8")).toBe(text);
    expect(fs.existsSync(path.join(dir, "memory.db"))).toBe(true);
  });

  test("is taken over once: what was changed since stays changed", async () => {
    const dir = scratch({ "memory.jsonl": lines.join("\n") });
    const env = { MEMORY_FILE_PATH: path.join(dir, "memory.jsonl") };
    const first = await openBinary([], { env });
    await call(first, "delete_entities", { entityNames: ["Bob"] });
    await first.close();
    const second = await open([], { env });
    expect(await structured(second, "read_graph")).toEqual({
      entities: [entity("Alice", "person", "sings")],
      relations: [],
    });
  });
});

describe("what cannot be is refused with the corrected line", () => {
  test("a directory in place of a file", () => {
    const dir = scratch();
    const { status, stdout, stderr } = start(["--file", dir]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toContain(`"${dir}" is a directory; name a file in it.`);
    expect(stderr).toContain(`portico-memory --file ${path.join(dir, "memory.db")}`);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });

  test("a project that is no name", () => {
    const { status, stderr } = start(["--project", "../x"]);
    expect(status).toBe(2);
    expect(stderr).toContain("A project's name is");
    expect(stderr).toContain("portico-memory --project default");
  });

  test("a file and PostgreSQL at once", () => {
    const env = { MEMORY_DATABASE_URL: "postgres://ann:secret@db/memory" };
    const { status, stderr } = start(["--file", "x.db"], env);
    expect(status).toBe(2);
    expect(stderr).toContain("not in both");
    expect(stderr).not.toContain("secret");
  });

  test("a URL that is none of PostgreSQL", () => {
    const { status, stderr } = start([], { MEMORY_DATABASE_URL: "mysql://ann:secret@db/memory" });
    expect(status).toBe(2);
    expect(stderr).toContain("MEMORY_DATABASE_URL=postgres://user@host:5432/database");
    expect(stderr).not.toContain("secret");
  });
});

test("a file that is no database is said to be none, and stays as it was", async () => {
  const dir = scratch({ "memory.db": "this is no database, and long enough to look like one" });
  const client = await open(["--file", path.join(dir, "memory.db")]);
  const told = await refusal(client, "create_entities", create);
  expect(told).toMatch(/\.$/);
  expect(fs.readFileSync(path.join(dir, "memory.db"), "utf8")).toContain("this is no database");
});

describe("a damaged database", () => {
  async function damagedFile(): Promise<string> {
    const file = path.join(scratch(), "memory.db");
    const client = await openBinary(["--file", file]);
    const facts = Array.from({ length: 500 }, (_, at) => `fact ${at} ${"x".repeat(200)}`);
    await call(client, "create_entities", { entities: [entity("Alice", "person", ...facts)] });
    await client.close();
    const bytes = fs.readFileSync(file);
    fs.writeFileSync(file, bytes.subarray(0, Math.floor(bytes.length / 8192) * 4096));
    return file;
  }

  test("says so and what to do, and what is readable of it can be saved", async () => {
    const file = await damagedFile();
    const before = fs.readFileSync(file);
    const client = await open(["--file", file]);
    expect(await refusal(client, "read_graph")).toContain("--salvage");
    const saved = path.join(path.dirname(file), "saved.db");
    const { status, stdout, stderr } = start(["--file", file, "--salvage", saved]);
    expect([status, stdout, stderr]).toEqual([0, "", expect.stringContaining("Saved what was")]);
    expect(fs.readFileSync(file)).toEqual(before);
    const again = await open(["--file", saved]);
    await call(again, "read_graph");
  });

  test("is not saved over a file that is there", async () => {
    const file = await damagedFile();
    const { status, stderr } = start(["--file", file, "--salvage", file]);
    expect(status).toBe(2);
    expect(stderr).toContain("exists already");
  });
});

test("only tools that read are offered when the operator says so", async () => {
  const client = await open(["--file", path.join(scratch(), "memory.db"), "--read-only"]);
  const names = (await client.listTools()).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(["read_graph", "search_nodes", "get_history"]));
  expect(names.filter((name) => /^(create|add|delete|update|merge|restore)_/.test(name))).toEqual(
    [],
  );
});
