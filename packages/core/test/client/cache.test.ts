import { expect, test } from "vitest";
import { connect } from "../../src/client/index.ts";
import { host, legacy, modern, ScriptedServer } from "./scripted-server.ts";

const hints = { ttlMs: 60_000, cacheScope: "private" };
const contents = [{ uri: "a://b", text: "x" }];

async function meet(script: Parameters<typeof modern>[0], options: object = {}) {
  const server = new ScriptedServer(modern(script));
  const client = await connect(server.transport, { ...host, ...options });
  return { server, client };
}

test("what a modern server lets keep is asked for once", async () => {
  const { server, client } = await meet({
    "tools/list": () => ({ ...hints, tools: [{ name: "t", inputSchema: { type: "object" } }] }),
    "resources/read": () => ({ ...hints, contents }),
  });
  for (let round = 0; round < 3; round++) {
    expect(await client.listTools()).toHaveLength(1);
    expect(await client.readResource("a://b")).toMatchObject({ contents });
  }
  expect(server.got("tools/list")).toHaveLength(1);
  expect(server.got("resources/read")).toHaveLength(1);
  await client.readResource("a://b", { cache: "reload" });
  expect(server.got("resources/read")).toHaveLength(2);
  await client.close();
});

test("a notification of change makes the next read ask again", async () => {
  const { server, client } = await meet({ "resources/read": () => ({ ...hints, contents }) });
  await client.readResource("a://b");
  server.notify("notifications/resources/updated", { uri: "a://b" });
  await client.ping();
  await client.readResource("a://b");
  expect(server.got("resources/read")).toHaveLength(2);
  await client.close();
});

test("what took questions to answer is never kept", async () => {
  const { server, client } = await meet(
    {
      "resources/read": ({ inputResponses }) =>
        inputResponses
          ? { ...hints, contents }
          : { resultType: "input_required", inputRequests: { r: { method: "roots/list" } } },
    },
    { roots: [] },
  );
  await client.readResource("a://b");
  await client.readResource("a://b");
  expect(server.got("resources/read")).toHaveLength(4);
  await client.close();
});

test("private results do not cross authorization contexts", async () => {
  let partition = "ann";
  const { server, client } = await meet(
    { "resources/read": () => ({ ...hints, contents }) },
    { cachePartition: () => partition },
  );
  await client.readResource("a://b");
  partition = "bob";
  await client.readResource("a://b");
  partition = "ann";
  await client.readResource("a://b");
  expect(server.got("resources/read")).toHaveLength(2);
  await client.close();
});

test("legacy results are never kept, whatever they say", async () => {
  const server = new ScriptedServer(legacy({ "tools/list": () => ({ ...hints, tools: [] }) }));
  const client = await connect(server.transport, { ...host, era: "legacy" });
  await client.listTools();
  await client.listTools();
  expect(server.got("tools/list")).toHaveLength(2);
  await client.close();
});
