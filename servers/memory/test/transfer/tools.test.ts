import fs from "node:fs";
import path from "node:path";
import { call, refusal, scratch, structured, succeed } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { FORMATS } from "../../src/transfer/format.ts";
import { createSample, entity } from "../support/graphs.ts";
import { clientOn, openOfficial } from "../support/servers.ts";

async function exported(client: Awaited<ReturnType<typeof clientOn>>, args: object = {}) {
  return structured<{ content: string; entities: number; note?: string }>(
    client,
    "export_graph",
    args,
  );
}

describe.each(FORMATS)("a graph as %s", (format) => {
  test("goes to another memory by way of the model", async () => {
    const from = await clientOn();
    await createSample(from);
    const { content, ...rest } = await exported(from, { format });
    expect(rest).toEqual({ format, entities: 4, relations: 3, bytes: Buffer.byteLength(content) });
    const to = await clientOn();
    const counts = { entities: 4, observations: 4, relations: 3, known: 0, foreign: 0 };
    expect(await structured(to, "import_graph", { format, content })).toEqual(counts);
    expect(await structured(to, "read_graph")).toEqual(await structured(from, "read_graph"));
    const known = { entities: 0, observations: 0, relations: 0, known: 7, foreign: 0 };
    expect(await structured(to, "import_graph", { format, content })).toEqual(known);
  });

  test("goes through a file of the folder", async () => {
    const folder = scratch();
    const client = await clientOn({ folder });
    await createSample(client);
    const { file } = await structured<{ file: string }>(client, "export_graph", {
      format,
      file: "sample",
    });
    expect(fs.readdirSync(folder)).toEqual([file]);
    const { content } = await exported(client, { format });
    expect(fs.readFileSync(path.join(folder, file), "utf8")).toBe(content);
    await call(client, "import_graph", { file, project: "copy" });
    expect(await structured(client, "read_graph", { project: "copy" })).toEqual(
      await structured(client, "read_graph"),
    );
  });
});

test("the text of an export is the text block, with notes in another", async () => {
  const client = await clientOn();
  await call(client, "create_entities", { entities: [entity("a\u0001", "b")] });
  const { content } = await succeed(client, "export_graph", { format: "graphml" });
  expect(content).toEqual([
    { type: "text", text: expect.stringMatching(/^<\?xml/) },
    { type: "text", text: expect.stringContaining("XML cannot hold") },
  ]);
});

test("an export has the graph as it was, when a time is given", async () => {
  const client = await clientOn();
  await createSample(client);
  expect(await exported(client, { at: "2020-01-01" })).toMatchObject({ entities: 0, content: "" });
});

test("json can say who wrote what when, which an import leaves out", async () => {
  const client = await clientOn();
  await createSample(client);
  const { content } = await exported(client, { format: "json", details: true });
  const { provenance } = JSON.parse(content);
  const at = expect.stringMatching(/^\d{4}-/);
  const by = expect.any(String);
  expect(provenance[0]).toEqual({
    name: "Alice",
    createdAt: at,
    updatedAt: at,
    by,
    facts: [
      { text: "likes hiking in the mountains", at, by },
      { text: "speaks Dutch", at, by },
    ],
  });
  expect(await structured(await clientOn(), "import_graph", { format: "json", content })).toEqual({
    entities: 4,
    observations: 4,
    relations: 3,
    known: 0,
    foreign: 0,
  });
  expect(await refusal(client, "export_graph", { details: true })).toContain("choose json");
});

test("a graph too large for an answer is refused with what to do, and goes into a file", async () => {
  const facts = Array.from({ length: 100 }, (_, at) => `${at} ${"x".repeat(1_000)}`);
  const create = { entities: [entity("Alice", "person", ...facts)] };
  const plain = await clientOn();
  await call(plain, "create_entities", create);
  expect(await refusal(plain, "export_graph")).toMatch(/80000 bytes; read_graph .*--transfer-dir/);
  const client = await clientOn({ folder: scratch() });
  await call(client, "create_entities", create);
  expect(await refusal(client, "export_graph")).toContain("give a file");
  expect(await call(client, "export_graph", { file: "large" })).toMatch(
    /^Wrote "large.jsonl": entities 1, relations 0, bytes \d{6}\.$/,
  );
});

test("a file is overwritten only when that is asked for", async () => {
  const client = await clientOn({ folder: scratch() });
  await call(client, "export_graph", { file: "x.jsonl" });
  expect(await refusal(client, "export_graph", { file: "x.jsonl" })).toContain("exists already");
  await call(client, "export_graph", { file: "x.jsonl", overwrite: true });
});

test("what cannot be imported is refused with what to do, and changes nothing", async () => {
  const client = await clientOn({ folder: scratch() });
  const said = async (args: object) => refusal(client, "import_graph", args);
  expect(await said({ content: "# Notes\n\n## Alice\n" })).toContain("say which format it is");
  expect(await said({ content: "{", format: "json" })).toContain("no graph in JSON");
  expect(await said({ content: "<a/>", format: "graphml" })).toContain("no GraphML");
  expect(await said({})).toContain("either content or file");
  expect(await said({ content: "", file: "x" })).toContain("either content or file");
  expect(await said({ file: "../x" })).toContain("no path");
  expect(await said({ file: "x.md" })).toBe('There is no file "x.md".');
  expect(await structured(client, "read_graph")).toEqual({ entities: [], relations: [] });
});

test("the official server reads what is exported as jsonl", async () => {
  const client = await clientOn();
  await createSample(client);
  await call(client, "create_entities", {
    entities: [{ ...entity('Ünï "quoted"', "t", "a\nb"), tags: ["x"], importance: 0.9 }],
  });
  const { content } = await exported(client);
  const official = await openOfficial(
    path.join(scratch({ "memory.jsonl": content }), "memory.jsonl"),
  );
  onTestFinished(() => official.close());
  const theirs = JSON.parse(await call(official, "read_graph"));
  expect(theirs).toMatchObject(await structured(client, "read_graph"));
});

test("records that are neither entity nor relation are kept, and counted", async () => {
  const client = await clientOn();
  const lines = [
    '{"type":"note","x":1}',
    '{"type":"entity","name":"a","entityType":"b","observations":[]}',
  ];
  const content = lines.join("\n");
  expect(await structured(client, "import_graph", { content })).toMatchObject({
    entities: 1,
    foreign: 1,
    note: 'Left as it is, seen only in exports, which give it out again: 1 record, {"type":"note","x":1} (neither entity nor relation).',
  });
  expect((await exported(client)).content.split("\n").sort()).toEqual(lines.sort());
});

test("a long import tells how far it is", async () => {
  const client = await clientOn();
  const content = Array.from({ length: 2_500 }, (_, at) =>
    JSON.stringify({ type: "entity", name: `e${at}`, entityType: "t", observations: [] }),
  ).join("\n");
  const heard: number[] = [];
  await client.callTool(
    "import_graph",
    { content },
    {
      onProgress: ({ progress }) => void heard.push(progress),
    },
  );
  expect(heard).toEqual([1_000, 2_000]);
});

describe("a backup", () => {
  test("is the whole database, history and projects included, while writes go on", async () => {
    const folder = scratch();
    const client = await clientOn({ folder });
    await createSample(client);
    await call(client, "create_entities", { entities: [entity("Plan")], project: "other" });
    const writes = Array.from({ length: 20 }, (_, at) =>
      call(client, "create_entities", { entities: [entity(`late ${at}`)] }),
    );
    const [told] = await Promise.all([
      call(client, "backup_database", { file: "copy" }),
      ...writes,
    ]);
    expect(told).toBe('Copied the database to "copy.db".');
    const file = path.join(folder, "copy.db");
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    const copy = await clientOn({ file });
    expect(await structured(copy, "open_nodes", { names: ["Alice"] })).toMatchObject({
      entities: [{ name: "Alice" }],
    });
    expect(await structured(copy, "list_projects")).toMatchObject({
      projects: expect.arrayContaining(["other"]),
    });
    expect(await refusal(client, "backup_database", { file: "copy" })).toContain("exists already");
    expect(await refusal(client, "backup_database", { file: "../copy" })).toContain("no path");
  });

  test("is not offered where the operator names no folder", async () => {
    const names = (await (await clientOn()).listTools()).map(({ name }) => name);
    expect(names).not.toContain("backup_database");
    expect(names).toEqual(expect.arrayContaining(["export_graph", "import_graph"]));
  });
});
