import { describe, expect, test } from "vitest";
import { open, share, ways, waysSince, wireTo } from "./open.ts";
import { type Carrier, eras, initialize, meta, RawClient } from "./raw-client.ts";

describe.each(ways)("progress on $revision over $carrier", (way) => {
  const shared = share(way);

  test("only goes forward, and only to who wants it", async () => {
    const { client } = shared;
    const seen: unknown[] = [];
    await client.callTool("progress", {}, { onProgress: (report) => seen.push(report) });
    const message = (step: number) =>
      way.revision >= "2025-03-26" ? { message: `step ${step}` } : {};
    expect(seen).toEqual([1, 2, 3].map((n) => ({ progress: n, total: 3, ...message(n) })));
  });
});

describe.each(ways)("logging on $revision over $carrier", (way) => {
  test("sends what is grave enough, once the client said what that is", async () => {
    const seen: unknown[] = [];
    await using client = await open(way, { onLog: (message) => seen.push(message) });
    await client.setLogLevel("debug");
    await client.callTool("logs");
    expect(seen).toEqual([
      { level: "debug", data: "small" },
      { level: "info", logger: "logs", data: { of: "middling" } },
      { level: "error", data: ["grave"] },
    ]);
    seen.length = 0;
    await client.setLogLevel("error");
    await client.callTool("logs");
    expect(seen).toEqual([{ level: "error", data: ["grave"] }]);
  });
});

describe.each(["memory", "stdio"] as const)("logging over %s", (carrier: Carrier) => {
  test("is silent on 2026-07-28 unless the request asks", async () => {
    await using client = new RawClient(wireTo(carrier));
    await client.request("tools/call", { name: "logs", _meta: meta() });
    expect(client.received).toEqual([]);
    const _meta = meta({}, { "io.modelcontextprotocol/logLevel": "error" });
    await client.request("tools/call", { name: "logs", _meta });
    expect(client.received).toMatchObject([{ method: "notifications/message" }]);
  });

  test("starts at info in older revisions, and takes no level that is none", async () => {
    await using client = new RawClient(wireTo(carrier));
    await initialize(client, "2025-11-25");
    await client.request("tools/call", { name: "logs" });
    expect(client.received.map(({ params }) => (params as { level: string }).level)).toEqual([
      "info",
      "error",
    ]);
    const { error } = await client.request("logging/setLevel", { level: "loud" });
    expect(error?.code).toBe(-32602);
  });
});

describe.each(waysSince("2024-11-05"))("cancelling on $revision over $carrier", (way) => {
  const shared = share(way);

  test("aborts the handler", async () => {
    const { client } = shared;
    const stop = new AbortController();
    const call = client.callTool(
      "wait",
      {},
      {
        signal: stop.signal,
        onProgress: () => stop.abort(new Error("enough")),
      },
    );
    await expect(call).rejects.toThrow("enough");
    // Over HTTP the server hears of it by the end of a stream, which another request may overtake.
    const aborted = async () => (await client.callTool("aborted")).content;
    await expect.poll(aborted).toMatchObject([{ text: "1" }]);
  });
});

describe.each(eras)("a cancelled call on $revision", (era) => {
  test.each(["memory", "stdio"] as const)("is heard of no more over %s", async (carrier) => {
    await using client = new RawClient(wireTo(carrier));
    await era.open(client);
    const _meta = {
      progressToken: "p",
      "io.modelcontextprotocol/logLevel": "debug",
    };
    const id = client.begin("tools/call", era.params({ name: "wait", _meta }));
    await client.notified("notifications/progress");
    client.notify("notifications/cancelled", { requestId: id, reason: "test" });
    const next = await client.request("tools/call", era.params({ name: "aborted" }));
    expect(next.result).toMatchObject({ content: [{ text: "1" }] });
    expect(client.received).toEqual([]);
  });
});
