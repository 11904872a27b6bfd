import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/index.ts";
import { wireTo } from "../server/open.ts";
import { type Carrier, type Era, eras, initialize, RawClient } from "../server/raw-client.ts";

const cells = eras.flatMap((era) =>
  (["memory", "stdio"] as const).map((carrier) => ({ era, carrier, revision: era.revision })),
);

describe.each(cells)("on $revision over $carrier, a server", ({ era, carrier }) => {
  const opened = () => openRaw(era, carrier);
  const goesOn = async (client: RawClient) => {
    expect((await client.request("tools/list", era.params())).result).toHaveProperty("tools");
    expect(client.received).toEqual([]);
  };
  const refused = async (client: RawClient, message: unknown, code: number, id?: unknown) => {
    client.send(message);
    const answer = await client.take((one) => "error" in one);
    expect([message, answer]).toMatchObject([message, { jsonrpc: "2.0", error: { code } }]);
    expect([message, answer.id]).toEqual([message, id]);
  };

  test("refuses what is no message, with the id where there is one", async () => {
    await using client = await opened();
    await refused(client, 5, -32600);
    await refused(client, "tools/list", -32600);
    await refused(client, null, -32600);
    await refused(client, {}, -32600);
    await refused(client, { id: 7, method: "tools/list" }, -32600, 7);
    await refused(client, { jsonrpc: "1.0", id: 7, method: "tools/list" }, -32600, 7);
    await refused(client, { jsonrpc: "2.0", id: 7, method: 5 }, -32600, 7);
    await refused(client, { jsonrpc: "2.0", id: 7 }, -32600, 7);
    await refused(client, { jsonrpc: "2.0", id: 7, method: "tools/list", params: [] }, -32600, 7);
    await refused(client, { jsonrpc: "2.0", id: 7, method: "tools/list", params: 1 }, -32600, 7);
    await goesOn(client);
  });

  test("refuses an id that is null, a fraction, a boolean or an object", async () => {
    await using client = await opened();
    for (const id of [null, 1.5, true, {}, []]) {
      await refused(client, { jsonrpc: "2.0", id, method: "tools/list" }, -32600);
    }
    await goesOn(client);
  });

  test("refuses an array", async () => {
    await using client = await opened();
    await refused(client, [], -32600);
    await refused(client, [{ jsonrpc: "2.0", id: 1, method: "tools/list" }], -32600);
    await goesOn(client);
  });

  test("refuses an id that is still in use, and leaves its owner alone", async () => {
    await using client = await opened();
    const params = era.params({ name: "wait", _meta: { progressToken: "p" } });
    const id = client.begin("tools/call", params);
    await client.notified("notifications/progress");
    await refused(client, { jsonrpc: "2.0", id, method: "tools/call", params }, -32600, id);
    await refused(client, { jsonrpc: "2.0", id, method: "tools/list" }, -32600, id);
    client.notify("notifications/cancelled", { requestId: id });
    const { result } = await client.request("tools/call", era.params({ name: "aborted" }));
    expect(result).toMatchObject({ content: [{ text: "1" }] });
    await goesOn(client);
  });

  test("tells ids of different types apart", async () => {
    await using client = await opened();
    const params = era.params();
    for (const id of [1, "1", "", 0, -1, Number.MAX_SAFE_INTEGER, "é".repeat(10_000)]) {
      client.send({ jsonrpc: "2.0", id, method: "tools/list", params });
      expect((await client.response(id)).result).toHaveProperty("tools");
    }
  });

  test("ignores responses nobody asked for, well-formed or not", async () => {
    await using client = await opened();
    for (const body of [
      { id: 1, result: {} },
      { id: "x", error: { code: 1, message: "m" } },
      { result: {} },
      { id: null, error: { code: 1, message: "m" } },
      { id: 1, result: 5 },
      { id: 1, error: "broken" },
    ]) {
      client.send({ jsonrpc: "2.0", ...body });
    }
    await goesOn(client);
  });

  test("ignores cancels of unknown ids and notifications it does not know or cannot read", async () => {
    await using client = await opened();
    client.notify("notifications/cancelled", { requestId: "nobody" });
    client.notify("notifications/cancelled", { requestId: { deep: true } } as JsonObject);
    client.notify("notifications/cancelled");
    client.notify("notifications/progress", { progressToken: 5, progress: "far" });
    client.notify("notifications/nonsense", { a: 1 });
    client.notify("tools/list");
    client.notify("notifications/initialized", { surprise: true });
    await goesOn(client);
  });

  test("does not find unknown methods, not even those every object has", async () => {
    await using client = await opened();
    for (const method of ["nothing", "", "__proto__", "constructor", "toString", "tools/List"]) {
      const { error } = await client.request(method, era.params());
      expect([method, error?.code]).toEqual([method, -32601]);
    }
    await goesOn(client);
  });

  test("does not find tools, prompts and resources every object has", async () => {
    await using client = await opened();
    for (const name of ["__proto__", "constructor", "hasOwnProperty"]) {
      for (const method of ["tools/call", "prompts/get"]) {
        expect((await client.request(method, era.params({ name }))).error?.code).toBe(-32602);
      }
      const { error } = await client.request("resources/read", era.params({ uri: name }));
      expect([-32602, -32002]).toContain(error?.code);
    }
    await goesOn(client);
  });

  test("takes __proto__ for a name like any other", async () => {
    await using client = await opened();
    const own = (text: string) => JSON.parse(text) as JsonObject;
    const evil = own('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":1}}}');
    for (const [method, params] of [
      ["tools/call", { name: "echo", arguments: { text: "x", ...evil } }],
      ["tools/call", { name: "echo", arguments: evil }],
      ["tools/list", evil],
      ["tools/list", { _meta: evil }],
      ["prompts/get", { name: "greet", arguments: evil }],
    ] as const) {
      await client.request(method, era.params(params as JsonObject));
    }
    const called = await client.request(
      "tools/call",
      era.params({ name: "echo", arguments: { text: "x", ...evil } }),
    );
    expect(called.result).toMatchObject({ content: [{ text: "x" }] });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    await goesOn(client);
  });
});

describe.each(["memory", "stdio"] as const)("a batch over %s", (carrier) => {
  const ping = (id: unknown) => ({ jsonrpc: "2.0", id, method: "ping" });
  const batchOf = async (client: RawClient, messages: unknown[]) => {
    client.send(messages);
    return client.take(Array.isArray as never) as unknown as Promise<JsonObject[]>;
  };

  test("is answered as one, in 2025-03-26, with an error for each bad part", async () => {
    await using client = new RawClient(wireTo(carrier));
    await initialize(client, "2025-03-26");
    const answers = await batchOf(client, [
      ping("a"),
      { jsonrpc: "2.0", method: "notifications/nonsense" },
      5,
      ping("a2"),
      { jsonrpc: "2.0", id: "b", method: "tools/call", params: { name: "nothing" } },
    ]);
    const summary = answers.map(({ id, error }) => [id, (error as JsonObject)?.code]);
    expect(summary.sort()).toEqual(
      [
        ["a", undefined],
        ["a2", undefined],
        ["b", -32602],
        [undefined, -32600],
      ].sort(),
    );
  });

  test("of nothing but notifications has no answer; an empty or endless one is refused", async () => {
    await using client = new RawClient(wireTo(carrier));
    await initialize(client, "2025-03-26");
    client.send([{ jsonrpc: "2.0", method: "notifications/nonsense" }]);
    for (const messages of [[], Array.from({ length: 1_001 }, (_, id) => ping(id))]) {
      client.send(messages);
      expect(await client.take(() => true)).toMatchObject({ error: { code: -32600 } });
    }
    expect((await client.request("ping")).result).toEqual({});
    expect(client.received).toEqual([]);
  });
});

async function openRaw(era: Era, carrier: Carrier): Promise<RawClient> {
  const client = new RawClient(wireTo(carrier));
  await era.open(client);
  return client;
}
