import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { connect } from "../../src/client/index.ts";
import type { JsonRpcMessage } from "../../src/jsonrpc/message.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import type { Receiver, Transport } from "../../src/transport/transport.ts";
import { host, legacy, modern, ScriptedServer } from "./scripted-server.ts";

const SEED = 20260728;
const tools = [{ name: "t", inputSchema: { type: "object" } }];

/** Anything a broken server may send: JSON of any shape, often close to a message. */
const nearMessage = fc.record(
  {
    jsonrpc: fc.constantFrom("2.0", "1.0", 2),
    id: fc.oneof(fc.integer({ min: -1, max: 9 }), fc.string(), fc.constant(null), fc.double()),
    method: fc.oneof(
      fc.constantFrom(
        "ping",
        "roots/list",
        "sampling/createMessage",
        "elicitation/create",
        "notifications/progress",
        "notifications/cancelled",
        "notifications/message",
        "notifications/tools/list_changed",
        "notifications/resources/updated",
        "notifications/elicitation/complete",
        "notifications/subscriptions/acknowledged",
        "__proto__",
        "constructor",
      ),
      fc.string(),
      fc.integer(),
    ),
    params: fc.oneof(fc.jsonValue(), fc.dictionary(fc.string(), fc.jsonValue())),
    result: fc.jsonValue(),
    error: fc.oneof(fc.jsonValue(), fc.record({ code: fc.integer(), message: fc.string() })),
  },
  { requiredKeys: ["jsonrpc"] },
);
const garbage = fc.array(
  fc.oneof(
    nearMessage,
    fc.jsonValue(),
    fc.array(nearMessage, { maxLength: 3 }),
    // Answers to requests that are under way are another matter: they may be believed.
  ),
  { maxLength: 20 },
);

/** True unless the value could be taken for the answer to the one request under way. */
function isAnswerTo(value: unknown, id: number): boolean {
  if (Array.isArray(value)) return value.some((each) => isAnswerTo(each, id));
  if (typeof value !== "object" || value === null || !("id" in value)) return false;
  return (value.id === id || value.id === null) && !("method" in value);
}

describe.each([
  ["2024-11-05", legacy({ "tools/list": () => ({ tools }) }, "2024-11-05")],
  ["2025-03-26", legacy({ "tools/list": () => ({ tools }) }, "2025-03-26")],
  ["2025-11-25", legacy({ "tools/list": () => ({ tools }) })],
  ["2026-07-28", modern({ "tools/list": () => ({ tools }) })],
] as const)("whatever a server of %s sends", (_revision, script) => {
  test("the client goes on working", async () => {
    await fc.assert(
      fc.asyncProperty(garbage, async (values) => {
        const server = new ScriptedServer(script);
        const client = await connect(server.transport, {
          ...host,
          roots: [],
          onElicit: () => ({ action: "decline" }),
          onSample: () => {
            throw new Error("bug");
          },
        });
        const subscription = client.subscribe({ tools: true }).catch(() => undefined);
        for (const value of values) {
          if (![1, 2, 3, 4].some((id) => isAnswerTo(value, id))) server.send(value);
        }
        expect(await client.listTools()).toEqual(tools);
        await client.close();
        await subscription;
      }),
      { seed: SEED, numRuns: 150 },
    );
  });
});

test("bytes that are no message are passed over", async () => {
  const server = new ScriptedServer(legacy({ "tools/list": () => ({ tools }) }));
  const client = await connect(server.transport, { ...host, era: "legacy" });
  server.send("Server listening on stdio");
  server.send(null);
  expect(await client.listTools()).toEqual(tools);
  await client.close();
});

test("an answer too deep to read fails its request at once", async () => {
  let deep: unknown = 1;
  for (let depth = 0; depth < 1000; depth++) deep = [deep];
  const server = new ScriptedServer(legacy({ "tools/call": () => ({ content: deep }) }));
  const client = await connect(server.transport, { ...host, era: "legacy" });
  await expect(client.callTool("t")).rejects.toThrow(
    "The server sent what this client does not read. The message is nested deeper than 256 levels.",
  );
  await client.ping();
  await client.close();
});

test("the second answer to a request, and answers nobody asked for, are ignored", async () => {
  const server = new ScriptedServer(
    legacy({
      "tools/list"(_params, self, id) {
        self.send({ jsonrpc: "2.0", id: String(id), result: { tools: [] } });
        self.send({ jsonrpc: "2.0", id: id + 1, result: { tools: [] } });
        self.send({ jsonrpc: "2.0", id, result: { tools } });
        self.send({ jsonrpc: "2.0", id, error: { code: 1, message: "changed my mind" } });
      },
    }),
  );
  const client = await connect(server.transport, { ...host, era: "legacy" });
  expect(await client.listTools()).toEqual(tools);
  expect(await client.listTools()).toEqual(tools);
  await client.close();
});

test.each([null, { code: "x" }, { code: 1, message: "no" }])(
  "an answer with a result and the error %j fails its request, and nothing else",
  async (error) => {
    const server = new ScriptedServer(
      legacy({
        "tools/list": (_params, self, id) => self.send({ jsonrpc: "2.0", id, result: {}, error }),
      }),
    );
    const client = await connect(server.transport, { ...host, era: "legacy" });
    await expect(client.listTools()).rejects.toThrow(
      "The server's answer has neither a valid result nor a valid error.",
    );
    await client.ping();
    await client.close();
  },
);

test("a request that is none gets an error with its id from a legacy client", async () => {
  const server = new ScriptedServer(legacy());
  const client = await connect(server.transport, { ...host, era: "legacy" });
  server.send({ jsonrpc: "2.0", id: 66, method: "ping", params: [1] });
  const answer = await server.until(() => server.seen.find(({ id }) => id === 66));
  expect(answer.error?.code).toBe(-32600);
  await client.close();
});

test("what cannot be written as JSON fails alone, in either direction", async () => {
  const server = new ScriptedServer(legacy({ "tools/list": () => ({ tools }) }, "2025-03-26"));
  const odd = { role: "assistant", model: "m", content: { type: "text", text: 1n } };
  const onSample = () => odd as never;
  const client = await connect(server.transport, { ...host, era: "legacy", onSample });
  await expect(client.callTool("t", { big: 1n })).rejects.toThrow(TypeError);
  const params = { messages: [], maxTokens: 1 };
  expect((await server.ask("sampling/createMessage", params)).error?.code).toBe(-32603);
  server.send([{ jsonrpc: "2.0", id: 81, method: "sampling/createMessage", params }]);
  expect(await server.until(() => server.seen.find(Array.isArray))).toMatchObject([
    { id: 81, error: { code: -32603 } },
  ]);
  expect(await client.listTools()).toEqual(tools);
  await client.close();
});

describe("a server that asks without end and reads no answer", () => {
  class Deaf implements Transport {
    receiver: Receiver | undefined;
    sent = 0;
    readonly #drained = Promise.withResolvers<void>();
    start(receiver: Receiver): void {
      this.receiver = receiver;
    }
    send(message: JsonRpcMessage | readonly JsonRpcMessage[]): void {
      this.sent++;
      const { id, method } = message as { id?: number; method?: string };
      if (method !== "initialize") return;
      const result = legacy().initialize?.({}, undefined as never, 0) as JsonObject;
      queueMicrotask(() => this.receiver?.message({ jsonrpc: "2.0", id, result }));
    }
    drained(): Promise<void> {
      return this.#drained.promise;
    }
    read(): void {
      this.#drained.resolve();
    }
    async close(): Promise<void> {}
  }

  test.each([
    ["a ping", { method: "ping" }],
    ["an unknown method", { method: "no/such" }],
    ["an invalid request", { method: "ping", params: [] }],
  ])("with %s gets a bounded number of them, and more once it reads", async (_what, request) => {
    const server = new Deaf();
    const client = await connect(server, { ...host, era: "legacy" });
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    for (let id = 0; id < 12_000; id++)
      server.receiver?.message({ jsonrpc: "2.0", id, ...request });
    await turn();
    expect(server.sent).toBeLessThan(11_000);
    server.read();
    await turn();
    const before = server.sent;
    server.receiver?.message({ jsonrpc: "2.0", id: 20_000, ...request });
    await turn();
    expect(server.sent).toBe(before + 1);
    await client.close();
  });
});

test("a callback that throws breaks nothing", async () => {
  const reported: unknown[] = [];
  const listeners = process.listeners("uncaughtException");
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => reported.push(error));
  try {
    const server = new ScriptedServer(legacy({ "tools/list": () => ({ tools }) }));
    const onLog = () => {
      throw new Error("console is gone");
    };
    const client = await connect(server.transport, { ...host, era: "legacy", onLog });
    server.notify("notifications/message", { level: "info", data: 1 });
    expect(await client.listTools()).toEqual(tools);
    await client.close();
    expect(reported).toMatchObject([{ message: "console is gone" }]);
  } finally {
    process.removeAllListeners("uncaughtException");
    for (const listener of listeners) process.on("uncaughtException", listener);
  }
});

describe("an array of messages", () => {
  const asks = [
    { jsonrpc: "2.0", id: 71, method: "ping" },
    { jsonrpc: "2.0", method: "notifications/tools/list_changed" },
    { jsonrpc: "2.0", id: 72, method: "no/such" },
    17,
  ];

  test("from a 2025-03-26 server is answered by one array", async () => {
    const server = new ScriptedServer(legacy({}, "2025-03-26"));
    const client = await connect(server.transport, { ...host, era: "legacy" });
    const changes = await client.subscribe({ tools: true });
    server.send(asks);
    expect(await server.until(() => server.seen.find(Array.isArray))).toEqual([
      { jsonrpc: "2.0", id: 71, result: {} },
      { jsonrpc: "2.0", id: 72, error: { code: -32601, message: "Method not found: no/such" } },
    ]);
    expect((await changes.next()).value).toEqual({ kind: "list", list: "tools" });
    await client.close();
  });

  test("may hold the answers to several requests", async () => {
    const ids: number[] = [];
    const server = new ScriptedServer(
      legacy(
        {
          "tools/list"(_params, self, id) {
            ids.push(id);
            const answers = ids.map((each) => ({ jsonrpc: "2.0", id: each, result: { tools } }));
            if (ids.length === 2) self.send(answers);
          },
        },
        "2025-03-26",
      ),
    );
    const client = await connect(server.transport, { ...host, era: "legacy" });
    expect(await Promise.all([client.listTools(), client.listTools()])).toEqual([tools, tools]);
    await client.close();
  });

  test.each(["2024-11-05", "2025-06-18", "2025-11-25"])(
    "from a %s server, which has none, is ignored",
    async (revision) => {
      const server = new ScriptedServer(legacy({}, revision));
      const client = await connect(server.transport, { ...host, era: "legacy" });
      server.send(asks);
      await client.ping();
      expect(server.seen.some((each) => Array.isArray(each) || each.id === 71)).toBe(false);
      await client.close();
    },
  );
});
