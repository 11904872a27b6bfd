import {
  complete,
  defineServer,
  memoryPair,
  method,
  resource,
  type ServerExtension,
  s,
  serve,
  tool,
} from "@portico/core";
import { connect } from "@portico/core/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { meta, RawClient } from "../server/raw-client.ts";

const ID = "com.example/echo";

/** An extension nobody told core of: a method, a resource, a listen filter, a step around tools. */
function echo(log: string[] = []): ServerExtension {
  return {
    id: ID,
    settings: { loud: true },
    methods: [
      method({
        method: "echo/say",
        params: s.object({ word: s.string() }),
        result: s.object({ said: s.string() }),
        run: ({ word }) => ({ said: word.toUpperCase() }),
      }),
    ],
    handlers: (host) => ({
      "echo/again": (call, runtime) => host.answer({ ...call, method: "tools/list" }, runtime),
    }),
    rows: {
      "echo/again": {
        kind: "request",
        method: "echo/again",
        since: "2024-11-05",
        from: "client",
        params: s.object({}),
        result: s.object({}),
      },
    },
    resources: [resource({ uri: "echo://last", name: "Last", read: () => "hello" })],
    filters: {
      async echoes(asked, _call, deliver, ended) {
        ended.addEventListener("abort", () => log.push("ended"));
        deliver({ method: "notifications/echo", params: { word: "early" } });
        return asked === "none" ? undefined : [asked];
      },
    },
    async aroundTool({ published }, call, next) {
      if (published.name === "mute") return complete({ content: [] });
      log.push(`before ${published.name}`);
      return next(call);
    },
    close: () => void log.push("closed"),
  };
}

const tools = ["shout", "mute"].map((name) =>
  tool({ name, description: `Will ${name}.`, run: () => `${name}!` }),
);

function server(...extensions: ServerExtension[]) {
  return defineServer({ name: "echoing", version: "1.0.0", tools, extensions });
}

describe.each(["2025-06-18", "2026-07-28"] as const)("an extension on %s", (revision) => {
  test("brings methods, resources and a step around tools", async () => {
    const log: string[] = [];
    const client = await connect(server(echo(log)), { revision });
    onTestFinished(() => client.close());
    expect(await client.request("echo/say", { word: "hey" })).toMatchObject({ said: "HEY" });
    expect(await client.request("echo/again")).toMatchObject({ tools: [{ name: "shout" }, {}] });
    expect((await client.readResource("echo://last")).contents).toMatchObject([{ text: "hello" }]);
    expect(await client.callTool("shout")).toMatchObject({ content: [{ text: "shout!" }] });
    expect((await client.callTool("mute")).content).toEqual([]);
    expect(log).toEqual(["before shout"]);
    await expect(client.callTool("nothing")).rejects.toMatchObject({ code: -32602 });
  });

  test("has its params checked like any method", async () => {
    const client = await connect(server(echo()), { revision });
    onTestFinished(() => client.close());
    await expect(client.request("echo/say", {})).rejects.toMatchObject({ code: -32602 });
  });
});

test("only a server that has it answers its methods", async () => {
  const client = await connect(server());
  onTestFinished(() => client.close());
  await expect(client.request("echo/say", { word: "x" })).rejects.toMatchObject({ code: -32601 });
});

test("both sides declare what they support", async () => {
  const seen: unknown[] = [];
  const client = await connect(server(echo(), { id: "com.example/plain" }), {
    extensions: [{ id: "com.example/host", settings: { big: true } }],
    middleware: [
      (call, next) => {
        seen.push(call.client.capabilities.extensions);
        return next(call);
      },
    ],
  });
  onTestFinished(() => client.close());
  expect(client.server.capabilities?.extensions).toEqual({
    [ID]: { loud: true },
    "com.example/plain": {},
  });
  await client.listTools();
  expect(seen.at(-1)).toEqual({ "com.example/host": { big: true } });
});

test("a listen filter is acknowledged before anything is delivered, and told when nobody listens", async () => {
  const log: string[] = [];
  const [ours, theirs] = memoryPair();
  serve(server(echo(log)), theirs);
  const client = new RawClient(ours);
  onTestFinished(() => client[Symbol.asyncDispose]());
  const listen = (echoes: string) =>
    client.begin("subscriptions/listen", { notifications: { echoes }, _meta: meta() });
  const id = listen("words");
  const first = await client.take(({ method: name }) => typeof name === "string");
  expect(first).toMatchObject({
    method: "notifications/subscriptions/acknowledged",
    params: { notifications: { echoes: ["words"] } },
  });
  expect(await client.notified("notifications/echo")).toMatchObject({ word: "early" });
  client.notify("notifications/cancelled", { requestId: id });
  await expect.poll(() => log).toEqual(["ended"]);
  listen("none");
  const second = await client.notified("notifications/subscriptions/acknowledged");
  expect(second.notifications).toEqual({});
});

test("what it holds is freed with the server", async () => {
  const log: string[] = [];
  await server(echo(log)).close();
  expect(log).toEqual(["closed"]);
});

test.each(["echo", "com.example/", "/echo", "com..example/echo", "1com/echo"])(
  "%s is no identifier, for want of a prefix and a name",
  (id) => {
    expect(() => server({ id })).toThrow(TypeError);
  },
);

test("an extension given twice, or in the way of another, is refused", () => {
  expect(() => server(echo(), echo())).toThrow(/given twice/);
  expect(() => server(echo(), { ...echo(), id: "com.example/other" })).toThrow(/answered already/);
});
