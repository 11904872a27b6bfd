import { describe, expect, test } from "vitest";
import { KnownRoots } from "../../src/era/legacy/session.ts";
import { Changes, defineServer, resourceTemplate } from "../../src/index.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { modernCall, modernHeaders, modernRequest, openSession } from "../http/eras.ts";
import { RawSocket } from "../http/raw-socket.ts";
import {
  carriers,
  json,
  NEWEST_LEGACY,
  openSite,
  post,
  requestOf,
  type Site,
} from "../http/site.ts";

const LIMITS = { limits: { heldBytes: 1_000_000 } };
const alive = async (site: Site) => (await modernCall(site, "echo", { text: "x" })).status;

describe("bytes that a server is made to hold (T13)", () => {
  test("are bounded over all bodies that come slowly, and free again when they break off", async () => {
    await using site = await openSite("node", LIMITS);
    const sockets = Array.from({ length: 20 }, () => {
      const socket = new RawSocket(site.url);
      const head = ["POST /mcp HTTP/1.1", "Host: localhost", "Content-Type: application/json"];
      socket.head(...head, "Content-Length: 100001");
      socket.write(" ".repeat(100_000));
      return socket;
    });
    const ended: string[] = [];
    for (const socket of sockets) void socket.ended.then((answer) => ended.push(answer));
    // Ten fit, more or less, as they come in parts; the others are told so.
    await expect.poll(() => ended.length).toBeGreaterThanOrEqual(10);
    for (const answer of ended) expect(answer).toMatch(/^HTTP\/1\.1 503 [\s\S]*Retry-After: 5\r\n/);
    expect(ended.length).toBeLessThan(20);
    for (const socket of sockets) socket[Symbol.dispose]();
    await expect.poll(() => site.counts.calls).toBe(0);
    expect(await alive(site)).toBe(200);
  });

  test.each(carriers)("are bounded over all that open streams asked for (%s)", async (carrier) => {
    await using site = await openSite(carrier, LIMITS);
    const notifications = { toolsListChanged: true, padding: "x".repeat(200_000) };
    const request = modernRequest("subscriptions/listen", { notifications });
    const listen = () => post(site, request, modernHeaders("subscriptions/listen"));
    const opened = [await listen(), await listen(), await listen(), await listen()];
    expect(opened.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    const refused = await listen();
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(await alive(site)).toBe(200);
    for (const { body } of opened) await body?.cancel();
    await expect.poll(() => site.counts.streams).toBe(0);
    expect((await listen()).status).toBe(200);
  });

  test.each(carriers)("are few for what a session keeps of its client (%s)", async (carrier) => {
    await using site = await openSite(carrier);
    const fat = "x".repeat(100_000);
    const introductions: JsonObject[] = [
      { capabilities: {}, clientInfo: { name: fat, version: "1" } },
      { capabilities: { experimental: { fat } }, clientInfo: { name: "x", version: "1" } },
    ];
    for (const said of introductions) {
      const params = { protocolVersion: NEWEST_LEGACY, ...said };
      const answer = await post(site, requestOf("initialize", params));
      expect(await json(answer)).toMatchObject({ error: { code: -32602 } });
    }
    expect(site.counts.sessions).toBe(0);
  });

  test("are few for what a session subscribes to", async () => {
    const page = resourceTemplate({ uriTemplate: "page://{+path}", name: "page", read: () => "x" });
    const definition = { name: "subject", version: "1.0.0", changes: new Changes() };
    const server = defineServer({ ...definition, resources: [page] });
    await using site = await openSite("node", {}, server);
    const session = await openSession(site, NEWEST_LEGACY);
    const subscribe = async (method: string, n: number) => {
      const uri = `page://${n}${"x".repeat(60_000)}`;
      return json(await post(site, requestOf(`resources/${method}`, { uri }), session));
    };
    for (let n = 0; n < 8; n++) expect(await subscribe("subscribe", n)).toHaveProperty("result");
    expect(await subscribe("subscribe", 8)).toMatchObject({
      error: { code: -32602, message: expect.stringContaining("524288 characters") },
    });
    await subscribe("unsubscribe", 0);
    expect(await subscribe("subscribe", 8)).toHaveProperty("result");
  });

  test("are few for the roots it answers with: longer ones are asked for each time", async () => {
    for (const [characters, expected] of [
      [1_000, 1],
      [100_000, 2],
    ] as const) {
      let asked = 0;
      const fetch = async () => {
        asked++;
        return { roots: [{ uri: `file:///${"x".repeat(characters)}` }] };
      };
      const known = new KnownRoots({ roots: { listChanged: true } });
      await known.get(fetch);
      await known.get(fetch);
      expect(asked).toBe(expected);
    }
  });
});
