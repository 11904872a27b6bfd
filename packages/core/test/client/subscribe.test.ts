import { describe, expect, test, vi } from "vitest";
import { type Client, connect, type Subscription } from "../../src/client/index.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { host, legacy, modern, RpcError, type Script, ScriptedServer } from "./scripted-server.ts";

const ID = "io.modelcontextprotocol/subscriptionId";
const all = { tools: true, prompts: true, resources: true, uris: ["a://b"] };

/** A server of one era, and how it tells of a change on the stream that was opened last. */
const eras = {
  legacy: () => {
    const server = new ScriptedServer(
      legacy({ "resources/subscribe": () => ({}), "resources/unsubscribe": () => ({}) }),
    );
    return { server, tell: (method: string, params = {}) => server.notify(method, params) };
  },
  modern: () => {
    let last = 0;
    const script: Script = {
      "subscriptions/listen"({ notifications }, self, id) {
        last = id;
        const params = { notifications: notifications!, _meta: { [ID]: id } };
        self.notify("notifications/subscriptions/acknowledged", params);
        return undefined;
      },
    };
    const server = new ScriptedServer(modern(script));
    const tell = (method: string, params = {}) =>
      server.notify(method, { ...params, _meta: { [ID]: last } });
    return { server, tell };
  },
};

async function take(subscription: Subscription, count: number): Promise<unknown[]> {
  const changes: unknown[] = [];
  while (changes.length < count) changes.push((await subscription.next()).value);
  return changes;
}

describe.each(["legacy", "modern"] as const)("a subscription to a %s server", (era) => {
  async function meet() {
    const { server, tell } = eras[era]();
    const client: Client = await connect(server.transport, {
      ...host,
      ...(era === "legacy" && { era }),
    });
    return { server, tell, client };
  }

  test("serves several readers at once, and ends for all of them", async () => {
    const { tell, client } = await meet();
    const changes = await client.subscribe(all);
    const readers = [changes.next(), changes.next(), changes.next()];
    tell("notifications/tools/list_changed");
    expect((await readers[0])?.value).toEqual({ kind: "list", list: "tools" });
    tell("notifications/prompts/list_changed");
    expect((await readers[1])?.value).toEqual({ kind: "list", list: "prompts" });
    changes.close();
    expect((await readers[2])?.done).toBe(true);
    await client.close();
  });

  test("is granted what the server offers, and delivers every kind of change", async () => {
    const { tell, client } = await meet();
    const changes = await client.subscribe(all);
    expect(changes.granted).toEqual(all);
    tell("notifications/tools/list_changed");
    tell("notifications/resources/updated", { uri: "a://b" });
    tell("notifications/prompts/list_changed");
    tell("notifications/resources/list_changed");
    expect(await take(changes, 4)).toEqual([
      { kind: "list", list: "tools" },
      { kind: "resource", uri: "a://b" },
      { kind: "list", list: "prompts" },
      { kind: "list", list: "resources" },
    ]);
    await client.close();
  });

  test("delivers only what it asked for, parts of a resource included", async () => {
    const { tell, client } = await meet();
    const changes = await client.subscribe({ uris: ["a://b"] });
    tell("notifications/tools/list_changed");
    tell("notifications/resources/updated", { uri: "a://bc" });
    tell("notifications/resources/updated", { uri: 3 });
    tell("notifications/resources/updated", { uri: "a://b/part" });
    expect(await take(changes, 1)).toEqual([{ kind: "resource", uri: "a://b/part" }]);
    await client.close();
  });

  test("counts the same change once until it is read", async () => {
    const { tell, client } = await meet();
    const changes = await client.subscribe(all);
    for (let times = 0; times < 50; times++) tell("notifications/tools/list_changed");
    tell("notifications/prompts/list_changed");
    await client.ping();
    expect(await take(changes, 2)).toEqual([
      { kind: "list", list: "tools" },
      { kind: "list", list: "prompts" },
    ]);
    await client.close();
  });

  test("ends for its reader when it is closed, when it is left, and when the client closes", async () => {
    const { tell, client } = await meet();
    const closed = await client.subscribe(all);
    const waiting = closed.next();
    closed.close();
    expect(await waiting).toEqual({ done: true, value: undefined });
    const left = await client.subscribe(all);
    tell("notifications/tools/list_changed");
    for await (const change of left) {
      expect(change).toEqual({ kind: "list", list: "tools" });
      break;
    }
    expect((await left.next()).done).toBe(true);
    const open = await client.subscribe(all);
    await client.close();
    expect((await open.next()).done).toBe(true);
  });

  test("throws for its reader when the connection is lost", async () => {
    const { server, client } = await meet();
    const changes = await client.subscribe(all);
    await server.crash();
    await expect(changes.next()).rejects.toThrow("The connection to the server is over.");
    await client.closed;
  });

  test("closes by its signal", async () => {
    const { client } = await meet();
    const control = new AbortController();
    const changes = await client.subscribe(all, { signal: control.signal });
    control.abort();
    expect((await changes.next()).done).toBe(true);
    await client.close();
  });
});

test("a reader that is too slow is told so, instead of missing changes", async () => {
  const { server, tell } = eras.legacy();
  const client = await connect(server.transport, { ...host, era: "legacy" });
  const changes = await client.subscribe({ uris: ["a://b"] });
  for (let part = 0; part <= 10_000; part++) {
    tell("notifications/resources/updated", { uri: `a://b/${part}` });
  }
  await client.ping();
  expect(await take(changes, 10_000)).toHaveLength(10_000);
  await take(changes, 1);
  await expect(changes.next()).rejects.toThrow("10000 changes were not read in time");
  await client.close();
});

describe("on a legacy server", () => {
  const script: Script = {
    "resources/subscribe": () => ({}),
    "resources/unsubscribe": () => ({}),
  };

  test("several subscriptions share one per resource, ended with the last", async () => {
    const server = new ScriptedServer(legacy(script));
    const client = await connect(server.transport, { ...host, era: "legacy" });
    const first = await client.subscribe({ uris: ["a://b", "a://c"] });
    const second = await client.subscribe({ uris: ["a://b"] });
    expect(server.got("resources/subscribe")).toEqual([{ uri: "a://b" }, { uri: "a://c" }]);
    first.close();
    expect(await server.received("resources/unsubscribe")).toEqual([{ uri: "a://c" }]);
    second.close();
    expect(await server.received("resources/unsubscribe", 2)).toContainEqual({ uri: "a://b" });
    await client.close();
  });

  test("what it did not declare is not granted, and not asked for", async () => {
    const server = new ScriptedServer({
      ...legacy(script),
      initialize: () => ({
        protocolVersion: "2025-06-18",
        capabilities: { tools: { listChanged: true }, resources: {} },
        serverInfo: { name: "s", version: "1" },
      }),
    });
    const client = await connect(server.transport, { ...host, era: "legacy" });
    expect((await client.subscribe(all)).granted).toEqual({ tools: true });
    expect(server.got("resources/subscribe")).toEqual([]);
    await client.close();
  });

  test("a resource it refuses fails the subscription, and leaves none behind", async () => {
    const server = new ScriptedServer(
      legacy({
        ...script,
        "resources/subscribe"({ uri }) {
          if (uri === "a://no") throw new RpcError(-32002, "no such resource");
          return {};
        },
      }),
    );
    const client = await connect(server.transport, { ...host, era: "legacy" });
    await expect(client.subscribe({ uris: ["a://b", "a://no"] })).rejects.toThrow("no such");
    expect(await server.received("resources/unsubscribe")).toEqual([{ uri: "a://b" }]);
    await client.close();
  });
});

describe("on a modern server", () => {
  const acknowledged = (honoured: JsonObject): Script => ({
    "subscriptions/listen"(_params, self, id) {
      const params = { notifications: honoured, _meta: { [ID]: id } };
      self.notify("notifications/subscriptions/acknowledged", params);
    },
  });

  test("the part it honours is what is granted and delivered", async () => {
    const server = new ScriptedServer(modern(acknowledged({ toolsListChanged: true })));
    const client = await connect(server.transport, host);
    const changes = await client.subscribe(all);
    expect(server.got("subscriptions/listen")[0]?.notifications).toEqual({
      toolsListChanged: true,
      promptsListChanged: true,
      resourcesListChanged: true,
      resourceSubscriptions: ["a://b"],
    });
    expect(changes.granted).toEqual({ tools: true });
    const id = server.seen.find(({ method }) => method === "subscriptions/listen")?.id;
    server.notify("notifications/prompts/list_changed", { _meta: { [ID]: id! } });
    server.notify("notifications/tools/list_changed", {});
    server.notify("notifications/tools/list_changed", { _meta: { [ID]: 999 } });
    server.notify("notifications/tools/list_changed", { _meta: { [ID]: id! } });
    expect(await take(changes, 1)).toEqual([{ kind: "list", list: "tools" }]);
    changes.close();
    expect(await server.received("notifications/cancelled")).toMatchObject([{ requestId: id }]);
    await client.close();
  });

  test("it may end the stream in good order, by a result or by cancelling it", async () => {
    const server = new ScriptedServer(modern(acknowledged({ toolsListChanged: true })));
    const client = await connect(server.transport, host);
    const first = await client.subscribe({ tools: true });
    const second = await client.subscribe({ tools: true });
    const ids = server.seen.filter(({ method }) => method === "subscriptions/listen");
    const result = { resultType: "complete", _meta: { [ID]: ids[0]?.id } };
    server.send({ jsonrpc: "2.0", id: ids[0]?.id, result });
    expect((await first.next()).done).toBe(true);
    server.notify("notifications/cancelled", { requestId: ids[1]?.id ?? 0 });
    expect((await second.next()).done).toBe(true);
    await client.close();
  });

  test("it may refuse, or break the stream later", async () => {
    const server = new ScriptedServer(
      modern({
        "subscriptions/listen"() {
          throw new RpcError(-32603, "too many");
        },
      }),
    );
    const client = await connect(server.transport, host);
    await expect(client.subscribe(all)).rejects.toThrow("too many");
    await client.close();
    const breaking = new ScriptedServer(modern(acknowledged({ toolsListChanged: true })));
    const other = await connect(breaking.transport, host);
    const changes = await other.subscribe({ tools: true });
    const id = breaking.seen.find(({ method }) => method === "subscriptions/listen")?.id;
    breaking.send({ jsonrpc: "2.0", id, error: { code: -32603, message: "overrun" } });
    await expect(changes.next()).rejects.toThrow("overrun");
    await other.close();
  });

  test("it must acknowledge in time; the stream itself has no limit", async () => {
    vi.useFakeTimers();
    try {
      const server = new ScriptedServer(modern({ "subscriptions/listen": () => undefined }));
      const client = await connect(server.transport, { ...host, timeoutMs: 100 });
      const failed = expect(client.subscribe(all)).rejects.toThrow("did not acknowledge");
      await vi.advanceTimersByTimeAsync(100);
      await failed;
      expect(await server.received("notifications/cancelled")).toHaveLength(1);
      await client.close();
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });
});

test("giving up a subscription that waits for a legacy server leaves another to the same resource alone", async () => {
  const agreed = Promise.withResolvers<object>();
  const server = new ScriptedServer(
    legacy({ "resources/subscribe": () => agreed.promise, "resources/unsubscribe": () => ({}) }),
  );
  const client = await connect(server.transport, { ...host, era: "legacy" });
  const control = new AbortController();
  const { signal } = control;
  const given = client.subscribe({ uris: ["a://b"] }, { signal });
  const kept = client.subscribe({ uris: ["a://b"] });
  await server.received("resources/subscribe");
  control.abort(new Error("not needed"));
  await expect(given).rejects.toThrow("not needed");
  agreed.resolve({});
  const changes = await kept;
  server.notify("notifications/resources/updated", { uri: "a://b" });
  expect((await changes.next()).value).toEqual({ kind: "resource", uri: "a://b" });
  expect(server.got("resources/unsubscribe")).toEqual([]);
  changes.close();
  await server.received("resources/unsubscribe");
  await client.close();
});
