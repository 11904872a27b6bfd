import { describe, expect, test } from "vitest";
import { meta } from "../server/raw-client.ts";
import { listen, modernCall, modernHeaders, modernRequest } from "./eras.ts";
import { Events } from "./events.ts";
import { ask, carriers, json, openSite, post, requestOf } from "./site.ts";

describe.each(carriers)("2026-07-28 over HTTP (%s)", (carrier) => {
  test("answers in plain JSON when nothing goes before the response", async () => {
    await using site = await openSite(carrier);
    const response = await modernCall(site, "echo", { text: "grüße" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(response.headers.get("mcp-session-id")).toBeNull();
    expect(await json(response)).toMatchObject({ result: { content: [{ text: "grüße" }] } });
  });

  test("streams what goes before the response, then ends", async () => {
    await using site = await openSite(carrier);
    const response = await modernCall(site, "count");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("x-accel-buffering")).toBe("no");
    const messages = await new Events(response).rest();
    expect(messages.map((one) => one.method ?? "response")).toEqual([
      "notifications/progress",
      "notifications/progress",
      "response",
    ]);
  });

  test("sends events without ids: these streams cannot be resumed", async () => {
    await using site = await openSite(carrier);
    const text = await (await modernCall(site, "count")).text();
    expect(text).not.toMatch(/^id:/m);
  });

  test("answers a client that takes only JSON, or only events, in that", async () => {
    await using site = await openSite(carrier);
    const plain = await modernCall(site, "count", {}, { accept: "application/json" });
    expect(await json(plain)).toMatchObject({ result: { content: [{ text: "counted" }] } });
    const streamed = await modernCall(site, "echo", { text: "x" }, { accept: "text/event-stream" });
    expect(streamed.headers.get("content-type")).toBe("text/event-stream");
    expect(await new Events(streamed).rest()).toHaveLength(1);
  });

  test("runs many calls with the same id at once, each answered on its own", async () => {
    await using site = await openSite(carrier);
    const answers = Array.from({ length: 20 }, async (_, n) => {
      const request = {
        ...modernRequest("tools/call", { name: "echo", arguments: { text: `${n}` } }),
        id: 1,
      };
      return json(await post(site, request, modernHeaders("tools/call", "echo")));
    });
    const texts = (await Promise.all(answers)).map(({ result }) => JSON.stringify(result));
    expect(texts.every((text, n) => text.includes(`"text":"${n}"`))).toBe(true);
  });

  test("accepts a notification with 202 and nothing else", async () => {
    await using site = await openSite(carrier);
    const note = { jsonrpc: "2.0", method: "notifications/anything" };
    const response = await post(site, note, modernHeaders("notifications/anything"));
    expect([response.status, await response.text()]).toEqual([202, ""]);
  });

  test.each(["GET", "DELETE", "PUT"])("has no %s outside a session", async (method) => {
    await using site = await openSite(carrier);
    const response = await ask(site, method, { "mcp-protocol-version": "2026-07-28" });
    expect(response.status).toBe(405);
    expect(response.headers.get("allow")).toContain("POST");
  });

  test("ignores a session id, and never names one", async () => {
    await using site = await openSite(carrier);
    const response = await modernCall(site, "echo", { text: "x" }, { "mcp-session-id": "made-up" });
    expect([response.status, response.headers.get("mcp-session-id")]).toEqual([200, null]);
  });

  test("masks a bug: no message, no path, no stack", async () => {
    await using site = await openSite(carrier);
    const text = await (await modernCall(site, "bug")).text();
    expect(text).toMatch(/reference \w{8}/);
    expect(text).not.toMatch(/secret|home|\.ts|at /);
  });
});

describe("the status of a modern answer", () => {
  const version = "io.modelcontextprotocol/protocolVersion";
  const capabilities = "io.modelcontextprotocol/clientCapabilities";
  const without = (key: string) => {
    const { [key]: _, ...rest } = meta();
    return rest;
  };
  const elsewhere = { ...meta(), [version]: "2099-01-01" };

  test.each([
    ["an unknown method", requestOf("nothing/here", { _meta: meta() }), {}, 404, -32601],
    ["a method of older revisions", requestOf("ping", { _meta: meta() }), {}, 404, -32601],
    ["initialize", requestOf("initialize", { _meta: meta() }), {}, 404, -32601],
    ["no metadata", requestOf("tools/list"), {}, 400, -32602],
    ["no version", requestOf("tools/list", { _meta: without(version) }), {}, 400, -32602],
    ["no capabilities", requestOf("tools/list", { _meta: without(capabilities) }), {}, 400, -32602],
    [
      "a version nobody speaks",
      requestOf("tools/list", { _meta: elsewhere }),
      { "mcp-protocol-version": "2099-01-01" },
      400,
      -32022,
    ],
    [
      "another version in the header",
      requestOf("tools/list", { _meta: meta() }),
      { "mcp-protocol-version": "2025-11-25" },
      400,
      -32020,
    ],
    [
      "no version in the header",
      requestOf("tools/list", { _meta: meta() }),
      { "mcp-protocol-version": undefined },
      400,
      -32020,
    ],
    [
      "a resource that is not there",
      requestOf("resources/read", { uri: "memo://x", _meta: meta() }),
      { "mcp-name": "memo://x" },
      200,
      -32602,
    ],
  ] as const)("follows its error: %s", async (_, request, headers, status, code) => {
    await using site = await openSite("node");
    const response = await post(site, request, { ...modernHeaders(request.method), ...headers });
    const body = await json(response);
    expect([response.status, body.id, (body.error as { code: number }).code]).toEqual([
      status,
      request.id,
      code,
    ]);
  });

  test("is 400 where a capability is missing, with what is missing", async () => {
    await using site = await openSite("node");
    const response = await modernCall(site, "sure");
    expect(response.status).toBe(400);
    expect(await json(response)).toMatchObject({
      error: { code: -32021, data: { requiredCapabilities: { elicitation: { form: {} } } } },
    });
  });

  test("is 400 for a batch, a response, and what is no message", async () => {
    await using site = await openSite("node");
    for (const body of [
      [requestOf("tools/list", { _meta: meta() })],
      { jsonrpc: "2.0", id: 1, result: {} },
      5,
    ]) {
      expect((await post(site, body, modernHeaders("tools/list"))).status).toBe(400);
    }
  });
});

describe.each(carriers)("a modern client that hangs up (%s)", (carrier) => {
  test("cancels its call, before anything was streamed", async () => {
    await using site = await openSite(carrier);
    const client = new AbortController();
    const gone = modernCall(site, "hold", {}, {}, client.signal).catch(
      (error: Error) => error.name,
    );
    const call = await site.control.held.next();
    client.abort();
    expect(await call.aborted).toMatchObject({ name: "ClientGone" });
    // The handler's promise settles with the signal: the fetch handler has nobody left to answer.
    if (carrier === "node") expect(await gone).toBe("AbortError");
  });

  test("cancels its call while it streams", async () => {
    await using site = await openSite(carrier);
    const client = new AbortController();
    const pending = modernCall(site, "hold", {}, {}, client.signal);
    const call = await site.control.held.next();
    call.report(1);
    const events = new Events(await pending);
    await events.message();
    if (carrier === "node") client.abort();
    else await events[Symbol.asyncDispose]();
    await call.aborted;
    await expect.poll(() => site.counts).toMatchObject({ calls: 0, streams: 0 });
  });
});

describe.each(carriers)("a listen stream (%s)", (carrier) => {
  test("acknowledges first, then tells of changes, tagged with its request", async () => {
    await using site = await openSite(carrier);
    const events = new Events(await listen(site, { toolsListChanged: true }));
    const acknowledged = await events.message();
    expect(acknowledged).toMatchObject({
      method: "notifications/subscriptions/acknowledged",
      params: { notifications: { toolsListChanged: true } },
    });
    site.control.changes.listChanged("prompts");
    site.control.changes.listChanged("tools");
    const changed = await events.message();
    expect(changed.method).toBe("notifications/tools/list_changed");
    expect((changed.params as { _meta: unknown })._meta).toEqual(
      (acknowledged.params as { _meta: unknown })._meta,
    );
    await events[Symbol.asyncDispose]();
    await expect.poll(() => site.counts.streams).toBe(0);
  });

  test("gives signs of life while nothing changes", async () => {
    await using site = await openSite(carrier, { limits: { keepAliveMs: 5 } });
    await using events = new Events(await listen(site, { toolsListChanged: true }));
    await events.message();
    expect(await events.next()).toEqual({ comment: "keep-alive" });
  });

  test("ends with its result when the server closes", async () => {
    await using site = await openSite(carrier);
    const events = new Events(await listen(site, { toolsListChanged: true }));
    await events.message();
    const closed = site.close(1_000);
    const [result, ...more] = await events.rest();
    expect(result).toMatchObject({ result: { resultType: "complete" } });
    expect(more).toEqual([]);
    await closed;
  });
});
