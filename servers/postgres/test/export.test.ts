import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, connect as connectClient, type ResourceContents } from "@portico/core";
import { connect } from "@portico/core/testing";
import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { clientOf, serveOn } from "@portico/testing-servers";
import { beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { call, refusal, result, structured } from "./support/calls.ts";
import { clientOn, serverOn } from "./support/server.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createDatabase();
  await database.run(`
    CREATE TABLE items AS SELECT n AS id, repeat('x', 100) AS name FROM generate_series(1, 100000) n;
  `);
});

async function read(client: Client, uri: string): Promise<string> {
  const { contents } = await client.readResource(uri);
  return (contents[0] as ResourceContents & { text: string }).text;
}

const urisOf = async (client: Client, args: object) =>
  (await structured(client, "export_query", args)).uris as string[];

test("writes rows as CSV that a client reads as a resource", async () => {
  const client = await clientOn(database.url());
  const sql = "SELECT $1::int AS id, NULL AS nothing, 'a,\"b\"' AS name, '' AS empty";
  const { content } = await result(client, "export_query", { sql, params: [1] });
  expect(content[0]).toMatchObject({
    text: expect.stringMatching(/^Wrote 1 rows, \d+ bytes\.\npostgres:.*\/1\/export$/),
  });
  expect(content[1]).toMatchObject({ type: "resource_link", mimeType: "text/csv" });
  const uri = (content[1] as { uri: string }).uri;
  expect(uri).toMatch(/^postgres:\/\/test_\w+\/[\w-]{22}\/1\/export$/);
  expect(await read(client, uri)).toBe('id,nothing,name,empty\n1,,"a,""b""",""\n');
  expect((await client.listResources()).map((one) => one.uri)).toContain(uri);
});

test("writes JSON Lines with exact values", async () => {
  const client = await clientOn(database.url());
  const sql = "SELECT 9007199254740993 AS n, 1 AS id, 2 AS id, ARRAY[1,2] AS list, '=1+1' AS text";
  const [uri] = await urisOf(client, { sql, format: "jsonl" });
  expect(await read(client, uri!)).toBe(
    '{"n":"9007199254740993","id":1,"id_2":2,"list":[1,2],"text":"=1+1"}\n',
  );
});

test("keeps texts from being run as formulas by a spreadsheet", async () => {
  const client = await clientOn(database.url());
  const sql =
    "SELECT * FROM (VALUES ('=HYPERLINK(\"http://x\")'), ('@SUM(A1)'), ('-1.5'), ('+49 30 123'), ('-2+3'), ('plain')) v (t)";
  const { content } = await result(client, "export_query", { sql });
  expect(content[0]).toMatchObject({
    text: expect.stringMatching(/apostrophe before them: 2\.$/m),
  });
  expect((await read(client, (content[1] as { uri: string }).uri)).split("\n")).toEqual([
    "t",
    '"\'=HYPERLINK(""http://x"")"',
    "'@SUM(A1)",
    "-1.5",
    "+49 30 123",
    "-2+3",
    "plain",
    "",
  ]);
});

test("cuts a large file into parts at the ends of lines, and tells how far it is", async () => {
  const client = await clientOn(database.url());
  const heard: number[] = [];
  const answer = await client.callTool(
    "export_query",
    { sql: "SELECT * FROM items ORDER BY id" },
    { onProgress: ({ progress }) => heard.push(progress) },
  );
  const { rows, bytes, uris } = answer.structuredContent as {
    rows: number;
    bytes: number;
    uris: string[];
  };
  expect({ rows, parts: uris.length }).toEqual({ rows: 100_000, parts: 3 });
  expect(heard.length).toBeGreaterThan(3);
  expect(heard.every((one, index) => one > (heard[index - 1] ?? 0))).toBe(true);
  const parts = await Promise.all(uris.map((uri) => read(client, uri)));
  for (const part of parts) expect(part.endsWith("\n")).toBe(true);
  const whole = parts.join("");
  expect(Buffer.byteLength(whole)).toBe(bytes);
  const ids = whole
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => Number(line.split(",")[0]));
  expect(ids).toEqual(Array.from({ length: 100_000 }, (_, index) => index + 1));
});

test("refuses what would be too large, and what is no reading", async () => {
  const client = await clientOn(database.url());
  const sql = "SELECT i.*, j.id FROM items i, generate_series(1, 20) j (id)";
  expect(await refusal(client, "export_query", { sql })).toMatch(/larger than 100 MB; select less/);
  expect(await refusal(client, "export_query", { sql: "DELETE FROM items" })).toMatch(/read/);
});

test("lets only whom it belongs to read a file", async () => {
  const server = serverOn(database.url());
  onTestFinished(() => server.close());
  const [ann, bob] = [await clientOf(server), await clientOf(server)];
  const [uri] = await urisOf(ann, { sql: "SELECT 1" });
  await expect(read(bob, uri!)).rejects.toThrow(/not found/i);
  expect((await bob.listResources()).map((one) => one.uri)).not.toContain(uri);
  await expect(read(ann, uri!.replace("/1/export", "/2/export"))).rejects.toThrow(/not found/i);
});

test("lists no file to callers nobody can tell apart, who read it by its name alone", async () => {
  const server = serverOn(database.url());
  const served = await serveOn(server, "http");
  // The newest revision has no sessions over HTTP, and no caller shows a token.
  const client = await connectClient(served.target, { clientInfo: { name: "t", version: "1" } });
  onTestFinished(async () => {
    await client.close();
    await served.close();
    await server.close();
  });
  const [uri] = await urisOf(client, { sql: "SELECT 1 AS one" });
  expect((await client.listResources()).map((one) => one.uri)).not.toContain(uri);
  expect(await read(client, uri!)).toBe("one\n1\n");
});

test("keeps files where nobody else may look, and deletes them with the server", async () => {
  const scratch = mkdtempSync(join(tmpdir(), "portico-test-"));
  onTestFinished(() => rmSync(scratch, { recursive: true }));
  vi.stubEnv("TMPDIR", scratch);
  const server = serverOn(database.url());
  const client = await connect(server);
  await call(client, "export_query", { sql: "SELECT 1" });
  vi.unstubAllEnvs();
  const [folder = ""] = readdirSync(scratch);
  expect(statSync(join(scratch, folder)).mode & 0o777).toBe(0o700);
  expect(readdirSync(join(scratch, folder))).toHaveLength(1);
  await client.close();
  await server.close();
  expect(readdirSync(scratch)).toEqual([]);
});
