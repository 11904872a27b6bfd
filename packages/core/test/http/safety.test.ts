import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { listen, modernCall, modernHeaders, modernRequest, openSession } from "./eras.ts";
import { Events } from "./events.ts";
import { exchange, RawSocket } from "./raw-socket.ts";
import { ask, BOTH_TYPES, callOf, carriers, json, NEWEST_LEGACY, openSite, post } from "./site.ts";

const statusOf = (answer: string) => Number(answer.split(" ")[1]);

describe("a page that made its name point here", () => {
  const call = JSON.stringify(modernRequest("tools/list"));
  const lines = (host: string) => [
    "POST /mcp HTTP/1.1",
    `Host: ${host}`,
    "Content-Type: application/json",
    "MCP-Protocol-Version: 2026-07-28",
    "Mcp-Method: tools/list",
  ];

  test.each([
    "evil.example",
    "evil.example:80",
    "localhost.evil.example",
    "127.0.0.1.nip.io",
    "[::2]",
  ])("is refused with 403 by its Host: %s", async (host) => {
    await using site = await openSite("node");
    expect(statusOf(await exchange(site.url, lines(host), call))).toBe(403);
  });

  test.each(["localhost", "127.0.0.1:9", "[::1]:80", "LocalHost:1"])(
    "is not what a name of this machine is: %s",
    async (host) => {
      await using site = await openSite("node");
      expect(statusOf(await exchange(site.url, lines(host), call))).toBe(200);
    },
  );

  test("gets nowhere with an address in place of a path", async () => {
    await using site = await openSite("node");
    const [, ...headers] = lines("localhost");
    const answer = await exchange(
      site.url,
      ["POST http://evil.example/mcp HTTP/1.1", ...headers],
      call,
    );
    expect(statusOf(answer)).toBe(404);
  });

  test("may not open the streams of older revisions either", async () => {
    await using site = await openSite("node");
    const answer = await exchange(site.url, ["GET /sse HTTP/1.1", "Host: evil.example"]);
    expect(statusOf(answer)).toBe(403);
  });
});

describe.each(carriers)("a page from elsewhere (%s)", (carrier) => {
  test.each(["https://evil.example", "null", "http://localhost.evil.example", "file://"])(
    "is refused with 403 on a good Host, whatever it asks: %s",
    async (origin) => {
      await using site = await openSite(carrier);
      expect((await modernCall(site, "echo", { text: "x" }, { origin })).status).toBe(403);
      for (const method of ["GET", "DELETE", "OPTIONS"]) {
        expect((await ask(site, method, { origin })).status).toBe(403);
      }
      expect((await ask(site, "GET", { origin }, "/sse")).status).toBe(403);
    },
  );

  test("that is allowed can ask first, call, and read the answer", async () => {
    const origin = "https://app.example";
    await using site = await openSite(carrier, { allowedOrigins: [origin] });
    const wanted = { origin, "access-control-request-headers": "mcp-method,mcp-param-region" };
    const preflight = await ask(site, "OPTIONS", wanted);
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get("access-control-allow-headers")).toBe(
      "mcp-method,mcp-param-region",
    );
    const answer = await modernCall(site, "count", {}, { origin });
    expect(answer.headers.get("access-control-allow-origin")).toBe(origin);
    expect(answer.headers.get("vary")).toBe("Origin");
    expect(answer.headers.get("access-control-expose-headers")?.split(", ")).toEqual([
      "Mcp-Session-Id",
      "WWW-Authenticate",
      "DPoP-Nonce",
      "Retry-After",
    ]);
    expect(await answer.text()).toContain("counted");
  });

  test("is never told what an answer without Origin lacks", async () => {
    await using site = await openSite(carrier);
    const answer = await modernCall(site, "echo", { text: "x" });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe.each(carriers)("a body (%s)", (carrier) => {
  test("that is too long is refused with 413, however its length is told", async () => {
    await using site = await openSite(carrier, { limits: { bodyBytes: 1_000 } });
    const long = JSON.stringify(modernRequest("tools/list", { padding: "x".repeat(2_000) }));
    expect((await post(site, long, modernHeaders("tools/list"))).status).toBe(413);
    const chunks = new Blob([long]).stream();
    const init = { method: "POST", body: chunks, duplex: "half" } as RequestInit;
    const headers = { "content-type": "application/json", accept: BOTH_TYPES };
    expect((await site.send("/mcp", { ...init, headers })).status).toBe(413);
    expect((await modernCall(site, "echo", { text: "x" })).status).toBe(200);
  });

  test.each([
    ["not JSON", "{", -32700],
    ["empty", "", -32700],
    ["too deep", "[".repeat(1_000) + "]".repeat(1_000), -32600],
  ])("that is %s is refused with 400", async (_, body, code) => {
    await using site = await openSite(carrier);
    const response = await post(site, body);
    expect(response.status).toBe(400);
    expect(await json(response)).toMatchObject({ jsonrpc: "2.0", error: { code } });
  });

  test("that is not UTF-8 is refused with 400", async () => {
    await using site = await openSite(carrier);
    const headers = { "content-type": "application/json" };
    const body = Uint8Array.of(0x22, 0xff, 0xfe, 0x22);
    const response = await site.send("/mcp", { method: "POST", headers, body });
    expect([response.status, (await json(response)).error]).toMatchObject([400, { code: -32700 }]);
  });

  test("may begin with a byte order mark", async () => {
    await using site = await openSite(carrier);
    const body = `\ufeff${JSON.stringify(modernRequest("tools/list"))}`;
    expect((await post(site, body, modernHeaders("tools/list"))).status).toBe(200);
  });

  test("that is compressed is not unpacked", async () => {
    await using site = await openSite(carrier);
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    const body = gzipSync(Buffer.alloc(1_000_000));
    expect((await site.send("/mcp", { method: "POST", headers, body })).status).toBe(415);
  });

  test.each([undefined, "text/plain", "application/jsonp", "multipart/form-data"])(
    "of another type is refused with 415: %s",
    async (type) => {
      await using site = await openSite(carrier);
      const headers = { accept: BOTH_TYPES, ...(type && { "content-type": type }) };
      const body = new TextEncoder().encode("{}");
      expect((await site.send("/mcp", { method: "POST", headers, body })).status).toBe(415);
    },
  );

  test("may say its charset", async () => {
    await using site = await openSite(carrier);
    const type = { "content-type": "Application/JSON; charset=utf-8" };
    expect((await modernCall(site, "echo", { text: "x" }, type)).status).toBe(200);
  });
});

describe.each([
  ["application/json", 200],
  ["text/event-stream", 200],
  ["*/*", 200],
  ["application/*;q=0.5, text/*", 200],
  ["text/html", 406],
  ["application/json;q=0, text/html", 406],
])("Accept: %s", (accept, status) => {
  test(`is answered with ${status}`, async () => {
    await using site = await openSite("node");
    expect((await modernCall(site, "echo", { text: "x" }, { accept })).status).toBe(status);
  });
});

describe("a client that sends slowly", () => {
  test("is cut off, in its headers as in its body", async () => {
    const timeouts = { headersTimeoutMs: 50, requestTimeoutMs: 100 };
    await using site = await openSite("node", timeouts);
    using headers = new RawSocket(site.url);
    headers.write("POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-Slow:");
    using body = new RawSocket(site.url);
    body.head(
      "POST /mcp HTTP/1.1",
      "Host: localhost",
      "Content-Type: application/json",
      "Content-Length: 100",
    );
    body.write("{");
    expect(statusOf(await headers.ended)).toBe(408);
    expect(await body.ended).toMatch(/^(HTTP\/1.1 408|$)/);
    await expect.poll(() => site.counts.calls).toBe(0);
  });

  test("and hangs up in its body leaves nothing behind", async () => {
    await using site = await openSite("node", { limits: { calls: 1, streams: 0 } });
    const another = async () => (await modernCall(site, "echo", { text: "x" })).status;
    const socket = new RawSocket(site.url);
    socket.head(
      "POST /mcp HTTP/1.1",
      "Host: localhost",
      "Content-Type: application/json",
      "Content-Length: 100",
    );
    await expect.poll(another).toBe(503);
    socket[Symbol.dispose]();
    await expect.poll(another).toBe(200);
  });
});

describe.each(carriers)("a client that reads nothing (%s)", (carrier) => {
  test("is cut off before it fills the memory, and the reason told", async () => {
    await using site = await openSite(carrier, { limits: { backlogBytes: 64 * 1024 } });
    const response = await listen(site, { toolsListChanged: true });
    for (let n = 0; n < 10_000; n++) site.control.changes.listChanged("tools");
    expect(site.cuts).toEqual([expect.stringMatching(/\d+ bytes unread, and 65536 are allowed/)]);
    await expect(response.text()).rejects.toThrow();
    expect(site.counts.streams).toBe(0);
  });

  test("is not one that is sent a single message of any length", async () => {
    await using site = await openSite(carrier, { limits: { backlogBytes: 64 * 1024 } });
    const pending = modernCall(site, "hold");
    const call = await site.control.held.next();
    call.report(1);
    call.finish("x".repeat(5_000_000));
    expect((await (await pending).text()).length).toBeGreaterThan(5_000_000);
    expect(site.cuts).toEqual([]);
  });

  test("does not hold up the others", async () => {
    await using site = await openSite(carrier, { limits: { backlogBytes: 64 * 1024 } });
    const unread = await listen(site, { toolsListChanged: true });
    const read = new Events(await listen(site, { toolsListChanged: true }));
    await read.message();
    const messages = 5_000;
    for (let n = 0; n < messages; n++) {
      site.control.changes.listChanged("tools");
      await read.message();
    }
    expect(site.cuts.length).toBeLessThanOrEqual(1);
    await unread.body?.cancel().catch(() => {});
  });
});

test("an open listen stream takes no call's room", async () => {
  await using site = await openSite("node", { limits: { calls: 1, streams: 2 } });
  const streams = [await listen(site, {}), await listen(site, {})];
  expect(streams.map(({ status }) => status)).toEqual([200, 200]);
  expect((await modernCall(site, "echo", { text: "x" })).status).toBe(200);
  for (const { body } of streams) await body?.cancel();
});

test("limits hold for calls and for streams", async () => {
  await using site = await openSite("node", { limits: { calls: 1, streams: 1 } });
  const session = await openSession(site, NEWEST_LEGACY);
  const stream = await ask(site, "GET", session);
  const refused = await ask(site, "GET", session);
  expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
  expect((await listen(site, {})).status).toBe(503);
  const pending = post(site, callOf("hold"), session);
  const call = await site.control.held.next();
  expect((await modernCall(site, "echo", { text: "x" })).status).toBe(503);
  call.finish("x");
  await pending;
  await stream.body?.cancel();
});
