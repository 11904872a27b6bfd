import type { Client, Principal } from "@portico/core";
import { connect } from "@portico/core/testing";
import { createDatabase, type TestDatabase } from "@portico/testing-postgres";
import { beforeAll, expect, onTestFinished, test } from "vitest";
import { call } from "../support/calls.ts";
import { serverOn } from "../support/server.ts";

// Callers that are users of their own: each finds what its role may use, wherever it looks.

let database: TestDatabase;
let ann: string;
beforeAll(async () => {
  database = await createDatabase();
  ann = `ann_${database.name}`;
  await database.run(`
    CREATE ROLE ${ann};
    CREATE SCHEMA hers; GRANT USAGE ON SCHEMA hers TO ${ann};
    CREATE TABLE hers.diary (id int, owner text); GRANT SELECT ON hers.diary TO ${ann};
    INSERT INTO hers.diary VALUES (1, '${ann}'), (2, 'bob');
    ALTER TABLE hers.diary ENABLE ROW LEVEL SECURITY;
    CREATE POLICY own ON hers.diary USING (owner = current_user);
    CREATE TABLE public.locked (id int);
  `);
});

async function as(principal: Principal): Promise<Client> {
  const operator = { "role-claim": "role", transport: "http" };
  const server = serverOn(database.url(), operator);
  const client = await connect(server, { principal });
  onTestFinished(async () => {
    await client.close();
    await server.close();
  });
  return client;
}

test("a caller finds, lists and reads what its role may use, and nothing else", async () => {
  const client = await as({ id: "1", claims: { role: ann } });
  expect(await call(client, "search_objects", { types: ["table"] })).toBe("table hers.diary");
  const uris = (await client.listResources()).map(({ uri }) => uri);
  expect(uris).toContain(`postgres://${database.name}/hers/diary/schema`);
  expect(uris.join()).not.toContain("locked");
  const rows = { schema_name: "hers", table_name: "diary" };
  expect(JSON.parse(await call(client, "sample_rows", rows))).toEqual([{ id: 1, owner: ann }]);
  const { contents } = await client.readResource(`postgres://${database.name}/hers/diary/rows`);
  expect(JSON.parse((contents[0] as { text?: string }).text ?? "")).toHaveLength(1);
  const prompt = await client.getPrompt("explain_query", {
    sql: "SELECT 1 FROM hers.diary, locked",
  });
  expect(JSON.stringify(prompt)).not.toContain("/locked/schema");
});

test("a channel is not heard on behalf of a caller: others would be heard as well", async () => {
  const client = await as({ id: "1", claims: { role: ann } });
  const uri = `postgres://${database.name}/jobs/channel`;
  await expect(client.readResource(uri)).rejects.toThrow("Resource not found");
});

test("a caller without a role is refused in every place", async () => {
  const client = await as({ id: "1", claims: {} });
  const reason = 'has no claim "role"';
  await expect(client.listResources()).rejects.toThrow(reason);
  await expect(client.readResource(`postgres://${database.name}/hers/diary/rows`)).rejects.toThrow(
    reason,
  );
  await expect(client.getPrompt("explain_query", { sql: "SELECT 1" })).rejects.toThrow(reason);
  const ref = { type: "ref/prompt" as const, name: "design_index" };
  await expect(client.complete({ ref, argument: { name: "table", value: "" } })).rejects.toThrow(
    reason,
  );
});
