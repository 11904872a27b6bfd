import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { get } from "node:https";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { nodeHandler, serveHttp } from "../../src/node.ts";
import { listen, modernCall, openSession } from "./eras.ts";
import { Events } from "./events.ts";
import { ask, callOf, carriers, json, NEWEST_LEGACY, openSite, post } from "./site.ts";
import { subject } from "./subject.ts";

describe.each(carriers)("closing (%s)", (carrier) => {
  test("lets running calls finish, and takes no new ones", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    const modern = modernCall(site, "hold");
    const first = await site.control.held.next();
    const legacy = post(site, callOf("hold"), session);
    const second = await site.control.held.next();
    const closed = site.close(60_000);
    for (const late of [
      await modernCall(site, "echo", { text: "x" }),
      await post(site, callOf("echo", { text: "x" }), session),
      await ask(site, "GET", session),
    ]) {
      expect([late.status, late.headers.get("retry-after")]).toEqual([503, "5"]);
    }
    first.finish("modern");
    second.finish("legacy");
    expect(await (await modern).text()).toContain("modern");
    expect(await (await legacy).text()).toContain("legacy");
    await closed;
    expect(site.counts).toMatchObject({ calls: 0, sessions: 0, streams: 0 });
  });

  test("still takes the answers running calls wait for", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY, { elicitation: {} });
    const events = new Events(await post(site, callOf("sure"), session));
    const question = await events.message();
    const closed = site.close(60_000);
    const answer = { jsonrpc: "2.0", id: question.id, result: { action: "decline" } };
    expect((await post(site, answer, session)).status).toBe(202);
    expect(await events.rest()).toMatchObject([{ result: { content: [{ text: "decline" }] } }]);
    await closed;
  });

  test("aborts what does not finish in time, and ends every stream", async () => {
    await using site = await openSite(carrier);
    const session = await openSession(site, NEWEST_LEGACY);
    const stream = new Events(await ask(site, "GET", session));
    const listening = new Events(await listen(site, { toolsListChanged: true }));
    const pending = modernCall(site, "hold").catch(() => {});
    const call = await site.control.held.next();
    const closed = site.close();
    await call.aborted;
    await stream.rest();
    await listening.rest();
    await closed;
    await pending;
    expect(site.counts).toMatchObject({ calls: 0, sessions: 0, streams: 0 });
  });

  test("may be asked for twice", async () => {
    await using site = await openSite(carrier);
    await Promise.all([site.close(), site.close(1_000)]);
    expect(site.counts.sessions).toBe(0);
  });
});

describe("a server of its own", () => {
  test("says where it is, and when it is done", async () => {
    const serving = await serveHttp(subject().definition, { path: "/deep/er" });
    expect(serving.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/deep\/er$/);
    await serving.close();
    await serving.done;
    await expect(fetch(serving.url)).rejects.toThrow();
  });

  test.skipIf(!hasOpenssl())("speaks TLS with the certificate it is given", async () => {
    const tls = selfSigned();
    const serving = await serveHttp(subject().definition, { tls });
    expect(serving.url).toMatch(/^https:/);
    const status = await new Promise((resolve, reject) => {
      const request = get(serving.url, { ca: tls.cert, agent: false }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on("error", reject);
    });
    expect(status).toBe(405);
    await serving.close();
  });

  test("names what is wrong with an address it cannot have", async () => {
    await using site = await openSite("node");
    const port = Number(new URL(site.url).port);
    await expect(serveHttp(subject().definition, { port })).rejects.toThrow(
      `Cannot listen on 127.0.0.1 port ${port}: something else listens there; choose another port.`,
    );
  });

  test("can be mounted in another, with a body that was parsed before", async () => {
    const handler = nodeHandler(subject().definition);
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
      handler(Object.assign(request, { body }), response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const site = { send: (path: string, init: RequestInit) => fetch(origin + path, init) };
    const answer = await modernCall(site as never, "echo", { text: "mounted" });
    expect(await json(answer)).toMatchObject({ result: { content: [{ text: "mounted" }] } });
    await handler.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});

/** A certificate of 127.0.0.1 is made anew, as none may lie in the repository; only OpenSSL can do that here. */
function selfSigned(): { readonly cert: string; readonly key: string } {
  const subject = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  const args = ["req", "-x509", ...curve, "-nodes", "-days", "2", ...subject];
  const pem = execFileSync("openssl", [...args, "-keyout", "-", "-out", "-"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  const at = pem.indexOf("-----BEGIN CERTIFICATE");
  return { key: pem.slice(0, at), cert: pem.slice(at) };
}

function hasOpenssl(): boolean {
  try {
    execFileSync("openssl", ["version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
