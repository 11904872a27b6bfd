import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/index.ts";
import { everything } from "./everything.ts";
import { open, share, ways, wireTo } from "./open.ts";
import { type Carrier, initialize, meta, RawClient } from "./raw-client.ts";

describe.each(ways)("opening on $revision over $carrier", (way) => {
  const shared = share(way);
  const { revision } = way;
  const legacy = revision < "2026-07-28";

  test("tells who the server is, as the revision has it", async () => {
    const { client } = shared;
    const { info, instructions } = client.server;
    expect(info).toMatchObject({ name: "everything", version: "1.2.3" });
    expect(instructions).toBe("Use echo first.");
    expect(info?.title).toBe(revision >= "2025-06-18" ? "Everything" : undefined);
    expect(info?.websiteUrl).toBe(revision >= "2025-11-25" ? "https://example.org/" : undefined);
    expect(info?.icons).toEqual(revision >= "2025-11-25" ? everything().info.icons : undefined);
  });

  test("declares what it has, as the revision has it", async () => {
    const { client } = shared;
    expect(client.server.capabilities).toEqual({
      tools: { listChanged: true },
      prompts: { listChanged: true },
      resources: { listChanged: true, subscribe: true },
      logging: {},
      ...(revision >= "2025-03-26" && { completions: {} }),
      ...(!legacy && { extensions: { "org.example/toys": { colour: "red" } } }),
    });
  });

  test("answers that it is there", async () => {
    const { client } = shared;
    await expect(client.ping()).resolves.toBeUndefined();
  });

  test("knows the client", async () => {
    await using client = await open(way, { roots: [], onElicit: () => ({ action: "cancel" }) });
    const elicitation = revision >= "2025-06-18" ? "elicitation " : "";
    const { content } = await client.callTool("caller");
    expect(content).toEqual([{ type: "text", text: `test ${elicitation}roots undefined` }]);
  });
});

describe.each(["memory", "stdio"] as const)("the eras over %s", (carrier: Carrier) => {
  test("are both served on one connection, each by its own rules", async () => {
    await using client = new RawClient(wireTo(carrier));
    const early = await client.request("tools/list", { _meta: meta() });
    expect(early.result).toMatchObject({ resultType: "complete" });
    const opened = await initialize(client, "2025-03-26");
    expect(opened.result).toMatchObject({ protocolVersion: "2025-03-26" });
    const old = await client.request("tools/list");
    expect(old.result).not.toHaveProperty("resultType");
    const late = await client.request("tools/list", { _meta: meta() });
    expect(late.result).toMatchObject({ resultType: "complete", ttlMs: 300_000 });
  });

  test("keep their own methods: what the other has is not found", async () => {
    await using client = new RawClient(wireTo(carrier));
    for (const method of [
      "initialize",
      "ping",
      "logging/setLevel",
      "resources/subscribe",
      "resources/unsubscribe",
    ]) {
      const { error } = await client.request(method, { _meta: meta(), uri: "memo://one" });
      expect([method, error?.code]).toEqual([method, -32601]);
    }
    await initialize(client, "2025-11-25");
    for (const method of ["server/discover", "subscriptions/listen"]) {
      const { error } = await client.request(method, { notifications: {} });
      expect([method, error?.code]).toEqual([method, -32601]);
    }
  });

  test("answer a version nobody speaks each in its way", async () => {
    await using client = new RawClient(wireTo(carrier));
    const key = "io.modelcontextprotocol/protocolVersion";
    for (const requested of ["1900-01-01", "2025-11-25", ""]) {
      // The version is looked at before anything else the request may have wrong.
      const { error } = await client.request("nonsense", { _meta: { [key]: requested } });
      expect(error).toMatchObject({ code: -32022, data: { requested } });
      expect(error).toMatchObject({ data: { supported: expect.arrayContaining(["2026-07-28"]) } });
    }
    const opened = await initialize(client, "1900-01-01");
    expect(opened.result).toMatchObject({ protocolVersion: "2025-11-25" });
  });

  test("name what is missing: version, capabilities, or both", async () => {
    await using client = new RawClient(wireTo(carrier));
    const capabilities = { "io.modelcontextprotocol/clientCapabilities": {} };
    const version = { "io.modelcontextprotocol/protocolVersion": "2026-07-28" };
    for (const _meta of [capabilities, version, {}, undefined]) {
      const { error } = await client.request("tools/list", { ...(_meta && { _meta }) });
      expect(error?.code).toBe(-32602);
      expect(error?.message).toMatch(/_meta\["io\.modelcontextprotocol\/(protocolV|clientC)/);
    }
  });

  test("refuse metadata of the wrong type", async () => {
    await using client = new RawClient(wireTo(carrier));
    const wrongs: JsonObject[] = [
      { "io.modelcontextprotocol/clientInfo": "me" },
      { "io.modelcontextprotocol/logLevel": "loud" },
      { "io.modelcontextprotocol/clientCapabilities": [] },
      { progressToken: {} },
      { progressToken: 1.5 },
    ];
    for (const wrong of wrongs) {
      for (const method of ["server/discover", "tools/list"]) {
        const { error } = await client.request(method, { _meta: meta({}, wrong) });
        expect([method, wrong, error?.code]).toEqual([method, wrong, -32602]);
      }
    }
  });

  test("put the server's name into every modern result and into no legacy one", async () => {
    await using client = new RawClient(wireTo(carrier));
    const key = "io.modelcontextprotocol/serverInfo";
    for (const method of ["server/discover", "tools/list", "prompts/list", "resources/list"]) {
      const { result } = await client.request(method, { _meta: meta() });
      expect(result?._meta).toMatchObject({ [key]: { name: "everything" } });
      expect(result).toMatchObject({ ttlMs: expect.any(Number), cacheScope: expect.any(String) });
    }
    await initialize(client, "2025-11-25");
    const { result } = await client.request("tools/list");
    expect(result).not.toHaveProperty("_meta");
    expect(result).not.toHaveProperty("ttlMs");
  });

  test("open a legacy session anew when the client initializes again", async () => {
    await using client = new RawClient(wireTo(carrier));
    await initialize(client, "2024-11-05");
    const opened = await initialize(client, "2025-11-25");
    expect(opened.result).toMatchObject({ protocolVersion: "2025-11-25" });
  });
});
