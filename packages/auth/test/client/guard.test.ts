import { describe, expect, test } from "vitest";
import { oauth } from "../../src/client/index.ts";
import { OUTBOUND_LIMITS, sender } from "../../src/client/outbound/send.ts";
import { sendByNode } from "../../src/client/outbound/send-by-node.ts";
import { urlGuard } from "../../src/client/outbound/url-guard.ts";
import { authority } from "./authority.ts";
import { person } from "./person.ts";
import { call, resourceServer } from "./resource-server.ts";
import { serve } from "./serve.ts";

const PUBLIC = new URL("https://mcp.example/mcp");
const get = (url: string) => ({ method: "GET", url: new URL(url), headers: {} }) as const;

describe("an MCP server out there cannot send its client to", () => {
  test.each([
    ["https://169.254.169.254/latest/meta-data", "reserved"],
    ["https://[fd00:ec2::254]/", "private"],
    ["https://127.0.0.1/", "loopback"],
    ["https://localhost/", "loopback"],
    ["https://db.localhost/", "loopback"],
    ["https://2130706433/", "loopback"],
    ["https://0x7f.1/", "loopback"],
    ["https://[::ffff:10.0.0.1]/", "private"],
    ["https://10.1.2.3/", "private"],
    ["https://[2002:a00:1::]/", "reserved"],
    ["https://[64:ff9b::a9fe:a9fe]/", "reserved"],
    ["http://169.254.169.254/", "not https"],
    ["http://public.example/", "not https"],
    ["http://127.0.0.1/", "loopback"],
    ["file:///etc/passwd", "not https"],
    ["ftp://public.example/", "not https"],
    ["https://user:pass@public.example/", "password in the URL"],
  ])("%s (%s)", async (url, reason) => {
    const send = sender(urlGuard(PUBLIC, []), () => expect.unreachable());
    await expect(send(get(url))).rejects.toThrow(reason);
  });

  test("an address of this machine under a name that looks harmless", async () => {
    const inside = await serve(() => ({ json: { secret: true } }));
    const named = inside.origin.replace("127.0.0.1", "localhost");
    const guard = urlGuard(PUBLIC, []);
    await expect(sendByNode(guard, get(named))).rejects.toThrow("a loopback address");
    expect(inside.seen).toEqual([]);
  });
});

describe("an MCP server inside may send its client to others inside", () => {
  test.each([
    ["https://127.0.0.1/mcp", "http://localhost:9000/"],
    ["https://10.0.0.5/mcp", "https://10.0.0.9/"],
    ["https://[fd00::5]/mcp", "https://192.168.0.1/"],
  ])("from %s to %s", (server, url) => {
    expect(() => urlGuard(new URL(server), []).check(new URL(url))).not.toThrow();
  });

  test.each([
    ["https://127.0.0.1/mcp", "https://10.0.0.9/"],
    ["https://10.0.0.5/mcp", "https://127.0.0.1/"],
    ["https://10.0.0.5/mcp", "https://169.254.169.254/"],
    ["https://169.254.0.5/mcp", "https://169.254.169.254/"],
  ])("but not from %s to %s", (server, url) => {
    expect(() => urlGuard(new URL(server), []).check(new URL(url))).toThrow("trustedHosts");
  });

  test("to itself, whatever its name stands for, but to no neighbour", () => {
    const guard = urlGuard(new URL("https://mcp.corp.example/"), []);
    expect(() => guard.checkAddress("mcp.corp.example", "10.0.0.5")).not.toThrow();
    expect(() => guard.checkAddress("as.corp.example", "10.0.0.9")).toThrow("trustedHosts");
  });
});

test("a host that the caller trusts may be anywhere, but not without https", () => {
  const guard = urlGuard(PUBLIC, ["AS.corp.example", "10.0.0.9"]);
  expect(() => guard.checkAddress("as.corp.example", "10.0.0.9")).not.toThrow();
  expect(() => guard.check(new URL("https://10.0.0.9/"))).not.toThrow();
  expect(() => guard.check(new URL("http://10.0.0.9/"))).toThrow("not https");
});

test("a redirect is not followed, wherever it leads", async () => {
  const inside = await serve(() => ({ json: { secret: true } }));
  const granter = await authority();
  const server = await resourceServer({
    issuers: () => [granter.issuer],
    metadataAt: "/nowhere",
    other: () => ({ status: 302, headers: { location: `${inside.origin}/metadata` } }),
  });
  const own = oauth({ server: server.url, grant: person() });
  const viaFetch = oauth({ server: server.url, grant: person(), fetch: globalThis.fetch });
  for (const signer of [own, viaFetch]) await call(signer, server.url).catch(() => {});
  expect(inside.seen).toEqual([]);
  expect(server.seen.length).toBeGreaterThan(2);
});

describe.each(["Node's client", "the caller's fetch"])("an answer by %s", (by) => {
  const options = by === "Node's client" ? {} : { fetch: globalThis.fetch };

  test("that is too long is not read to its end", async () => {
    const server = await resourceServer({
      other: () => ({ json: "x".repeat(OUTBOUND_LIMITS.bytes) }),
    });
    const calling = call(oauth({ server: server.url, grant: person(), ...options }), server.url);
    await expect(calling).rejects.toThrow("is longer than 262144 bytes");
  });

  test("that never comes can be given up", async () => {
    const asked = Promise.withResolvers<void>();
    const silent = await serve(() => {
      asked.resolve();
      return new Promise(() => {});
    });
    const url = new URL(`${silent.origin}/mcp`);
    const giveUp = new AbortController();
    const signer = oauth({ server: url, grant: person(), ...options });
    const refusal = { method: "POST", url, status: 401, headers: new Headers(), signed: {} };
    const waiting = signer.refused(refusal, giveUp.signal);
    await asked.promise;
    giveUp.abort(new Error("enough"));
    await expect(waiting).rejects.toThrow("enough");
  });

  test("of nobody is explained without a stack or an inner address", async () => {
    const server = await resourceServer({ issuers: () => ["http://127.0.0.1:1"] });
    const calling = call(oauth({ server: server.url, grant: person(), ...options }), server.url);
    await expect(calling).rejects.toThrow(/^Nothing usable came from http:\/\/127\.0\.0\.1:1 \(/);
  });
});

test("a whole authorization works by the caller's fetch", async () => {
  const granter = await authority();
  const server = await resourceServer({ issuers: () => [granter.issuer] });
  const signer = oauth({ server: server.url, grant: person(), fetch: globalThis.fetch });
  expect(await call(signer, server.url)).toBe(200);
});

test("tokens are not sent in the clear", () => {
  expect(() => oauth({ server: "http://mcp.example/mcp", grant: person() })).toThrow("use https");
});
