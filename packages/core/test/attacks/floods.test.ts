import { describe, expect, test } from "vitest";
import type { ServeHttpOptions } from "../../src/node.ts";
import { modernCall, modernHeaders, modernRequest, openSession } from "../http/eras.ts";
import { RawSocket } from "../http/raw-socket.ts";
import { ask, callOf, NEWEST_LEGACY, openSite, post, type Site } from "../http/site.ts";

const SMALL = { limits: { backlogBytes: 64 * 1024 } } satisfies ServeHttpOptions;
const UNREAD = /\d+ bytes unread, and 65536 are allowed/;
const alive = async (site: Site) => (await modernCall(site, "echo", { text: "x" })).status;

describe("a stream that nobody reads (T13)", () => {
  test("is cut where it is the standing one of a session", async () => {
    await using site = await openSite("node", SMALL);
    const session = await openSession(site, NEWEST_LEGACY);
    await ask(site, "GET", session);
    for (let n = 0; n < 10_000; n++) site.control.changes.listChanged("tools");
    expect(site.cuts).toEqual([expect.stringMatching(UNREAD)]);
    expect([site.counts.streams, await alive(site)]).toEqual([0, 200]);
  });

  test("is cut where it is that of HTTP+SSE, and its session with it", async () => {
    await using site = await openSite("node", SMALL);
    const stream = await ask(site, "GET", {}, "/sse");
    const reader = stream.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    const [path = ""] = new TextDecoder().decode(value).match(/\/messages\S+/) ?? [];
    const send = (message: object) =>
      site.send(path, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ jsonrpc: "2.0", ...message }),
      });
    const clientInfo = { name: "raw", version: "1" };
    const params = { protocolVersion: "2024-11-05", capabilities: {}, clientInfo };
    await send({ id: 1, method: "initialize", params });
    await send({ method: "notifications/initialized" });
    for (let n = 0; n < 10_000; n++) site.control.changes.listChanged("tools");
    expect(site.cuts).toEqual([expect.stringMatching(UNREAD)]);
    await expect.poll(() => site.counts.sessions).toBe(0);
    expect(await alive(site)).toBe(200);
  });

  test.each([true, false])(
    "is not filled by a call that reports without end (session: %s)",
    async (inSession) => {
      await using site = await openSite("node", SMALL);
      const session = inSession ? await openSession(site, NEWEST_LEGACY) : undefined;
      const unread = session ? post(site, callOf("hold"), session) : modernCall(site, "hold");
      const call = await site.control.held.next();
      for (let n = 1; n < 20_000; n++) call.report(n);
      call.finish("done");
      const text = await (await unread).text();
      expect(text.split("notifications/progress").length).toBeLessThan(500);
      expect(text).toContain("done");
      expect(site.cuts).toEqual([]);
    },
  );
});

describe("a connection that only sends (T13)", () => {
  test("has its requests taken no faster than it reads the answers", async () => {
    let began = 0;
    await using site = await openSite("node", {
      middleware: [
        (call, next) => {
          began++;
          return next(call);
        },
      ],
    });
    const text = "x".repeat(100_000);
    const body = JSON.stringify(modernRequest("tools/call", { name: "echo", arguments: { text } }));
    const headers = { ...modernHeaders("tools/call", "echo"), host: "localhost" };
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    using socket = new RawSocket(site.url);
    socket.pause();
    const requests = 2_000;
    for (let n = 0; n < requests; n++) {
      const type = "Content-Type: application/json";
      socket.head("POST /mcp HTTP/1.1", ...head, type, `Content-Length: ${body.length}`);
      socket.write(body);
    }
    // Others are served meanwhile, and by then all would have been taken if nothing held them back.
    for (let n = 0; n < 100; n++) expect(await alive(site)).toBe(200);
    expect(began - 100).toBeLessThan(requests / 4);
  });

  test("is refused headers without end", async () => {
    await using site = await openSite("node");
    using big = new RawSocket(site.url);
    big.head("POST /mcp HTTP/1.1", "Host: localhost", `X-Big: ${"x".repeat(100_000)}`);
    using many = new RawSocket(site.url);
    const fields = Array.from({ length: 20_000 }, (_, n) => `X-${n}: ${n}`);
    many.head("POST /mcp HTTP/1.1", "Host: localhost", ...fields);
    for (const socket of [big, many]) expect(await socket.ended).toMatch(/^HTTP\/1\.1 431 |^$/);
    expect(await alive(site)).toBe(200);
  });
});

describe("a message made to cost much (T13)", () => {
  const wide = (count: number) => Array.from({ length: count }, (_, n) => `"k${n}":${n}`).join(",");

  test.each([
    ["half a million fields", `{${wide(500_000)}}`],
    ["half a million parts", `[${"0,".repeat(500_000)}0]`],
    ["an array of arrays", `[${"[],".repeat(500_000)}[]]`],
    ["a number of a million digits", "9".repeat(1_000_000)],
    ["a key of a million characters", `{"${"k".repeat(1_000_000)}":1}`],
    ["a million escapes", `"${"\\u0000".repeat(1_000_000)}"`],
    ["depth that just passes", `${"[".repeat(250)}${"]".repeat(250)}`],
    ["the same key again and again", `{${'"k":{},'.repeat(200_000)}"k":1}`],
    ["names of a prototype", '{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}'],
  ])("by %s is answered, and the next one too", async (_, value) => {
    await using site = await openSite("node");
    const { jsonrpc, id, params } = modernRequest("tools/call", { name: "echo" });
    const rest = JSON.stringify({ ...params }).slice(1);
    const body = `{"jsonrpc":"${jsonrpc}","id":"${id}","method":"tools/call","params":{"arguments":{"text":${value}},${rest}}`;
    const response = await post(site, body, modernHeaders("tools/call", "echo"));
    expect([200, 400]).toContain(response.status);
    expect(({} as { x?: number }).x).toBeUndefined();
    expect(await alive(site)).toBe(200);
  });
});
