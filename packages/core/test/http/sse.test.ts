import { describe, expect, test } from "vitest";
import type { Authenticator } from "../../src/index.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { Events } from "./events.ts";
import { ask, callOf, carriers, type Headers, openSite, requestOf, type Site } from "./site.ts";

/** One client of 2024-11-05. */
class SseClient {
  readonly events: Events;
  readonly endpoint: string;
  readonly #site: Site;
  readonly #headers: Headers;

  constructor(site: Site, events: Events, endpoint: string, headers: Headers) {
    this.#site = site;
    this.events = events;
    this.endpoint = endpoint;
    this.#headers = headers;
  }

  post(message: unknown): Promise<Response> {
    return postTo(this.#site, this.endpoint, message, this.#headers);
  }
}

function postTo(site: Site, path: string, message: unknown, headers: Headers = {}) {
  const all = { "content-type": "application/json", ...headers } as Record<string, string>;
  return site.send(path, { method: "POST", headers: all, body: JSON.stringify(message) });
}

async function connect(site: Site, headers: Headers = {}): Promise<SseClient> {
  const response = await ask(site, "GET", headers, "/sse");
  expect([response.status, response.headers.get("content-type")]).toEqual([
    200,
    "text/event-stream",
  ]);
  const events = new Events(response);
  const first = await events.next();
  expect(first?.event).toBe("endpoint");
  return new SseClient(site, events, first?.data ?? "", headers);
}

async function initialize(client: SseClient, capabilities: JsonObject = {}): Promise<JsonObject> {
  const clientInfo = { name: "old", version: "1" };
  const params = { protocolVersion: "2024-11-05", capabilities, clientInfo };
  expect((await client.post(requestOf("initialize", params))).status).toBe(202);
  const answer = await client.events.message();
  await client.post({ jsonrpc: "2.0", method: "notifications/initialized" });
  return answer;
}

describe.each(carriers)("HTTP with SSE (%s)", (carrier) => {
  test("names where to post, then answers on its stream", async () => {
    await using site = await openSite(carrier);
    const client = await connect(site);
    expect(client.endpoint).toMatch(/^\/messages\?sessionId=[\w-]{32,36}$/);
    expect(await initialize(client)).toMatchObject({ result: { protocolVersion: "2024-11-05" } });
    await client.post(callOf("echo", { text: "x" }));
    expect(await client.events.message()).toMatchObject({ result: { content: [{ text: "x" }] } });
  });

  test("tells of progress and of changes on the same stream", async () => {
    await using site = await openSite(carrier);
    const client = await connect(site);
    await initialize(client);
    await client.post(callOf("count"));
    const methods = [];
    for (let n = 0; n < 3; n++) methods.push((await client.events.message()).method);
    expect(methods).toEqual(["notifications/progress", "notifications/progress", undefined]);
    site.control.changes.listChanged("tools");
    expect((await client.events.message()).method).toBe("notifications/tools/list_changed");
  });

  test("ends with its stream: calls are aborted, the address is gone", async () => {
    await using site = await openSite(carrier);
    const client = await connect(site);
    await initialize(client);
    await client.post(callOf("hold"));
    const call = await site.control.held.next();
    await client.events[Symbol.asyncDispose]();
    await call.aborted;
    await expect.poll(() => site.counts).toMatchObject({ calls: 0, sessions: 0, streams: 0 });
    expect((await client.post(callOf("echo", { text: "x" }))).status).toBe(404);
  });

  test("refuses a post to nowhere, or that is no message", async () => {
    await using site = await openSite(carrier);
    const client = await connect(site);
    expect((await postTo(site, "/messages", {})).status).toBe(400);
    expect((await postTo(site, "/messages?sessionId=made-up", {})).status).toBe(404);
    expect((await ask(site, "GET", {}, client.endpoint)).status).toBe(405);
    expect((await ask(site, "POST", {}, "/sse")).status).toBe(405);
    const text = { method: "POST", headers: { "content-type": "text/plain" }, body: "x" };
    expect((await site.send(client.endpoint, text)).status).toBe(415);
  });

  test("belongs to who opened it", async () => {
    const authenticator: Authenticator = {
      authenticate: (head) => ({ principal: { id: head.header("authorization") ?? "nobody" } }),
      insufficientScope: () => ({ status: 403 }),
    };
    await using site = await openSite(carrier, { authenticator });
    const client = await connect(site, { authorization: "ada" });
    const stolen = await postTo(site, client.endpoint, callOf("caller"), { authorization: "eve" });
    expect(stolen.status).toBe(404);
    await initialize(client);
    await client.post(callOf("caller"));
    expect(JSON.stringify(await client.events.message())).toContain("ada");
  });

  test("runs no more calls at once than the server may, though each post is over at once", async () => {
    await using site = await openSite(carrier, { limits: { calls: 1 } });
    const client = await connect(site);
    await initialize(client);
    await client.post(callOf("hold"));
    const call = await site.control.held.next();
    await client.post(callOf("echo", { text: "x" }));
    expect(await client.events.message()).toMatchObject({
      error: { message: expect.stringContaining("1 requests are running already") },
    });
    call.finish("done");
    expect(await client.events.message()).toMatchObject({ result: {} });
    await client.post(callOf("echo", { text: "x" }));
    expect(await client.events.message()).toMatchObject({ result: { content: [{ text: "x" }] } });
  });

  test("takes no request that would be answered onto too much unread, and all again once it was read", async () => {
    await using site = await openSite(carrier, { limits: { backlogBytes: 64 * 1024 } });
    const client = await connect(site);
    await initialize(client);
    // More than the buffers of a socket take.
    const big = { text: "x".repeat(15 * 1024 * 1024) };
    expect((await client.post(callOf("echo", big))).status).toBe(202);
    const ping = { jsonrpc: "2.0", id: "ping", method: "ping" };
    const refused = await client.post(ping);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "1"]);
    const cancel = { method: "notifications/cancelled", params: { requestId: "none" } };
    expect((await client.post({ jsonrpc: "2.0", ...cancel })).status).toBe(202);
    expect(JSON.stringify(await client.events.message())).toContain("xxx");
    await expect.poll(async () => (await client.post(ping)).status).toBe(202);
    expect(await client.events.message()).toMatchObject({ id: "ping", result: {} });
    expect(site.cuts).toEqual([]);
  });

  test("is on the same server as every newer revision", async () => {
    await using site = await openSite(carrier);
    const client = await connect(site);
    await initialize(client);
    const open = site.counts.sessions;
    expect(open).toBe(1);
    const closed = site.close();
    expect(await client.events.rest()).toEqual([]);
    await closed;
  });
});
