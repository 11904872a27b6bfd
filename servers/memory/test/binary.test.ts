import fs from "node:fs";
import path from "node:path";
import { type Client, REVISIONS } from "@portico/core";
import { createDatabase } from "@portico/testing-postgres";
import { call, openRemote, readJson, refusal, scratch, structured } from "@portico/testing-servers";
import { describe, expect, onTestFinished, test } from "vitest";
import { createSample, entity } from "./support/graphs.ts";
import { binary, openBinary } from "./support/servers.ts";

// What the in-process tests prove in detail, once over with the published binary in a process of its own.

const ways = (["stdio", "http", "websocket"] as const).flatMap((carrier) =>
  REVISIONS.map((revision) => ({ carrier, revision })),
);

describe.each(ways)("the binary over $carrier with revision $revision", ({ carrier, revision }) => {
  const open = (file: string) =>
    carrier === "stdio"
      ? openBinary(["--file", file], { revision })
      : openRemote([binary, "--file", file], carrier, { revision });

  test("remembers from one process to the next, and tells of changes", async () => {
    const file = path.join(scratch(), "memory.db");
    const client = await open(file);
    expect(client.server.revision).toBe(revision);
    await createSample(client);
    const uri = "memory://entity/Alice";
    const subscription = await client.subscribe({ uris: [uri] });
    const heard = subscription.next();
    await call(client, "add_observations", {
      observations: [{ entityName: "Alice", contents: ["sings"] }],
    });
    expect((await heard).value).toEqual({ kind: "resource", uri });
    await client.close();
    expect(await client.closed).toBeUndefined();

    const later = await open(file);
    onTestFinished(() => later.close());
    expect(await readJson(later, uri)).toMatchObject({
      facts: [
        { text: "likes hiking in the mountains" },
        { text: "speaks Dutch" },
        { text: "sings" },
      ],
    });
    const { messages } = await later.getPrompt("recall", { topic: "cello" });
    expect(messages).toHaveLength(2);
  });
});

test("50 entities created at once by each of two processes are 100 entities", async () => {
  const file = path.join(scratch(), "memory.db");
  const clients = await Promise.all([openBinary(["--file", file]), openBinary(["--file", file])]);
  onTestFinished(async () => void (await Promise.all(clients.map((client) => client.close()))));
  await Promise.all(
    clients.flatMap((client, who) =>
      Array.from({ length: 50 }, (_, at) =>
        call(client, "create_entities", { entities: [entity(`${who}-${at}`)] }),
      ),
    ),
  );
  for (const client of clients) {
    expect(await structured(client, "graph_summary")).toMatchObject({ entities: 100 });
  }
});

test("a process that lists its tools touches no database", async () => {
  const home = scratch();
  const client = await openBinary([], { env: { HOME: home, XDG_DATA_HOME: home } });
  onTestFinished(() => client.close());
  await client.listTools();
  await client.listPrompts();
  await client.listResourceTemplates();
  expect(fs.readdirSync(home)).toEqual([]);
  await call(client, "read_graph");
  expect(fs.readdirSync(home)).toEqual(["portico"]);
});

test("two processes on one PostgreSQL database share a memory, and hear of each other", async () => {
  const { url } = await createDatabase(18);
  const clients = await Promise.all(
    [1, 2].map(() => openBinary([], { env: { MEMORY_DATABASE_URL: url() } })),
  );
  onTestFinished(async () => void (await Promise.all(clients.map((client) => client.close()))));
  const [reader, writer] = clients as [Client, Client];
  await createSample(writer);
  const uri = "memory://entity/Alice";
  const subscription = await reader.subscribe({ uris: [uri] });
  const heard = subscription.next();
  await call(writer, "update_entities", { updates: [{ name: "Alice", importance: 1 }] });
  expect((await heard).value).toEqual({ kind: "resource", uri });
  expect(await structured(reader, "search_nodes", { query: "hikes" })).toMatchObject({
    entities: [{ name: "Alice" }],
  });
});

test("a database that cannot be reached fails the call and not the process", async () => {
  const env = { MEMORY_DATABASE_URL: "postgres://ann:secret@127.0.0.1:1/memory" };
  const client = await openBinary([], { env });
  onTestFinished(() => client.close());
  const told = await refusal(client, "read_graph");
  expect(told).not.toContain("secret");
  expect(await client.listTools()).not.toHaveLength(0);
});
