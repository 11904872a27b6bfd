import { describe, expect, test } from "vitest";
import { memoryPair, type Serving, serve } from "../../src/index.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { everything } from "./everything.ts";
import { open, ways, wireTo } from "./open.ts";
import { type Carrier, initialize, meta, RawClient } from "./raw-client.ts";

describe.each(ways)("subscribing on $revision over $carrier", (way) => {
  test("hears of lists and of the resources named, and of nothing else", async () => {
    await using client = await open(way);
    await using changes = await client.subscribe({ tools: true, uris: ["memo://one"] });
    expect(changes.granted).toMatchObject({ tools: true, uris: ["memo://one"] });
    for (const args of [
      { list: "prompts" },
      { uri: "memo://other" },
      { list: "tools" },
      { uri: "memo://one" },
    ]) {
      await client.callTool("announce", args);
    }
    expect((await changes.next()).value).toEqual({ kind: "list", list: "tools" });
    expect((await changes.next()).value).toEqual({ kind: "resource", uri: "memo://one" });
  });

  test("hears no more after it was closed", async () => {
    await using client = await open(way);
    const closed = await client.subscribe({ uris: ["memo://one"] });
    closed.close();
    await using other = await client.subscribe({ uris: ["memo://two"] });
    await client.callTool("announce", { uri: "memo://one" });
    await client.callTool("announce", { uri: "memo://two" });
    expect((await other.next()).value).toEqual({ kind: "resource", uri: "memo://two" });
    expect((await closed.next()).done).toBe(true);
  });
});

const id = "io.modelcontextprotocol/subscriptionId";
const announce = (client: RawClient, args: JsonObject) =>
  client.request("tools/call", { name: "announce", arguments: args, _meta: meta() });

describe.each(["memory", "stdio"] as const)("subscriptions/listen over %s", (carrier: Carrier) => {
  test("acknowledges first, with what it honours, and tags every message", async () => {
    await using client = new RawClient(wireTo(carrier));
    const notifications = {
      toolsListChanged: true,
      promptsListChanged: false,
      resourceSubscriptions: ["memo://one"],
      "org.example/unheard": true,
    };
    const stream = client.begin("subscriptions/listen", { notifications, _meta: meta() });
    await announce(client, { list: "tools" });
    await announce(client, { list: "prompts" });
    await announce(client, { uri: "memo://one" });
    const tag = { [id]: stream };
    expect(client.received).toEqual([
      {
        jsonrpc: "2.0",
        method: "notifications/subscriptions/acknowledged",
        params: {
          notifications: { toolsListChanged: true, resourceSubscriptions: ["memo://one"] },
          _meta: tag,
        },
      },
      { jsonrpc: "2.0", method: "notifications/tools/list_changed", params: { _meta: tag } },
      {
        jsonrpc: "2.0",
        method: "notifications/resources/updated",
        params: { uri: "memo://one", _meta: tag },
      },
    ]);
  });

  test("keeps several streams apart, and ends the one that is cancelled without a word", async () => {
    await using client = new RawClient(wireTo(carrier));
    const notifications = { toolsListChanged: true };
    const first = client.begin("subscriptions/listen", { notifications, _meta: meta() });
    const second = client.begin("subscriptions/listen", { notifications, _meta: meta() });
    await announce(client, { list: "tools" });
    const tags = () =>
      client.received
        .splice(0)
        .filter(({ method }) => method === "notifications/tools/list_changed")
        .map(({ params }) => ((params as JsonObject)._meta as JsonObject)[id]);
    expect(tags()).toEqual([first, second]);
    client.notify("notifications/cancelled", { requestId: first });
    await announce(client, { list: "tools" });
    expect(tags()).toEqual([second]);
  });

  test("refuses a filter that is none", async () => {
    await using client = new RawClient(wireTo(carrier));
    for (const notifications of [
      "all",
      { toolsListChanged: "yes" },
      { resourceSubscriptions: "memo://one" },
      { resourceSubscriptions: [1] },
    ]) {
      const params = { notifications, _meta: meta() } as JsonObject;
      expect((await client.request("subscriptions/listen", params)).error?.code).toBe(-32602);
    }
  });
});

test("a listen stream that the server ends has a result with its id", async () => {
  const [ours, theirs] = memoryPair();
  const serving: Serving = serve(everything(), theirs);
  const client = new RawClient(ours);
  const params = { notifications: { toolsListChanged: true }, _meta: meta() };
  const stream = client.begin("subscriptions/listen", params);
  await client.notified("notifications/subscriptions/acknowledged");
  const closing = serving.close();
  const { result } = await client.response(stream);
  expect(result).toMatchObject({ resultType: "complete", _meta: { [id]: stream } });
  await closing;
});

describe.each(["memory", "stdio"] as const)("a legacy session over %s", (carrier: Carrier) => {
  test("is told nothing before it says that it is initialized", async () => {
    await using client = new RawClient(wireTo(carrier));
    const clientInfo = { name: "raw", version: "1" };
    const protocolVersion = "2025-11-25";
    await client.request("initialize", { protocolVersion, capabilities: {}, clientInfo });
    const call = (args: JsonObject) =>
      client.request("tools/call", { name: "announce", arguments: args });
    await call({ list: "tools" });
    expect(client.received).toEqual([]);
    client.notify("notifications/initialized");
    await call({ list: "tools" });
    expect(client.received).toMatchObject([{ method: "notifications/tools/list_changed" }]);
  });

  test("subscribes and unsubscribes as often as it likes", async () => {
    await using client = new RawClient(wireTo(carrier));
    await initialize(client, "2025-06-18");
    for (const method of [
      "resources/subscribe",
      "resources/subscribe",
      "resources/unsubscribe",
      "resources/unsubscribe",
      "resources/subscribe",
    ]) {
      expect((await client.request(method, { uri: "memo://one" })).result).toEqual({});
    }
    await client.request("tools/call", { name: "announce", arguments: { uri: "memo://one" } });
    expect(client.received).toMatchObject([{ method: "notifications/resources/updated" }]);
  });
});
