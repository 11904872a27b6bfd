import { once } from "node:events";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { type Authenticator, defineServer, tool } from "../../src/index.ts";
import { type WebSocketOptions, webSocketServer } from "../../src/websocket.ts";
import { meta } from "../server/raw-client.ts";
import { httpForTest } from "./http-server.ts";
import { nextMessage, rawSocket, refusedWith } from "./raw-socket.ts";

const gate = Promise.withResolvers<void>();
const waiting = vi.fn(() => gate.promise);
const server = defineServer({
  name: "many",
  version: "1.0.0",
  tools: [
    tool({ name: "now", description: "Answers at once.", run: () => "now" }),
    tool({
      name: "wait",
      description: "Waits.",
      async run() {
        await waiting();
        return "waited";
      },
    }),
  ],
});

async function served(options: WebSocketOptions) {
  const http = await httpForTest();
  const cut = Promise.withResolvers<string>();
  const onCut = ({ message }: Error) => cut.resolve(message);
  const serving = webSocketServer(server, http.server, { onCut, ...options });
  onTestFinished(() => serving.close());
  return { ...http, serving, cut: cut.promise };
}

function call(name: string, padding = 0): string {
  const params = { name, _meta: { ...meta(), "org.example/padding": "x".repeat(padding) } };
  return JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params });
}

describe("bytes of messages that are not whole (T13)", () => {
  test("are bounded over all connections, at the expense of who holds most", async () => {
    const { url, cut } = await served({ heldBytes: 1_000_000 });
    const webs = await Promise.all(Array.from({ length: 4 }, () => rawSocket(url)));
    const [most, ...others] = webs;
    const broken = once(most!, "close");
    most!.send("x".repeat(400_000), { fin: false });
    for (const web of others) web.send(" ".repeat(250_000), { fin: false });
    await broken;
    expect(await cut).toBe(
      "Too many bytes of unfinished messages came; the peer with most of them was disconnected.",
    );
    for (const web of others) {
      web.send(call("now"), { fin: true });
      expect(await nextMessage(web)).toMatchObject({
        id: 1,
        result: { content: [{ text: "now" }] },
      });
    }
  });

  test("count no longer once a message is whole, or its connection over", async () => {
    const { url, serving } = await served({ heldBytes: 1_000_000 });
    const web = await rawSocket(url);
    for (let at = 0; at < 4; at++) {
      const text = call("now", 600_000);
      web.send(text.slice(0, 300_000), { fin: false });
      web.ping("x".repeat(100));
      web.send(text.slice(300_000), { fin: true });
      expect(await nextMessage(web)).toMatchObject({
        id: 1,
        result: { content: [{ text: "now" }] },
      });
      const other = await rawSocket(url);
      other.send("x".repeat(600_000), { fin: false });
      other.ping();
      await once(other, "pong");
      other.terminate();
      await expect.poll(() => serving.connections).toBe(1);
    }
  });

  test("are none where there are but pings", async () => {
    const { url } = await served({ heldBytes: 10_000 });
    const web = await rawSocket(url);
    for (let at = 0; at < 200; at++) {
      web.ping("x".repeat(100));
      await once(web, "pong");
    }
    web.send(call("now"));
    expect(await nextMessage(web)).toMatchObject({ id: 1, result: { content: [{ text: "now" }] } });
  });
});

test("a caller has so many connections and no more", async () => {
  const authenticator: Authenticator = {
    authenticate: (head) => ({ principal: { id: head.header("x-user") ?? "" } }),
    insufficientScope: () => ({ status: 403, headers: {} }),
  };
  const { url } = await served({ authenticator, connectionsPerPrincipal: 2 });
  const as = (user: string) => ({ headers: { "x-user": user } });
  const [first] = [await rawSocket(url, as("ada")), await rawSocket(url, as("ada"))];
  const refused = await refusedWith(url, as("ada"));
  expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "5"]);
  expect(refused.body).toContain("You have 2 connections open already; close one first.");
  await rawSocket(url, as("bob"));
  first.close();
  await once(first, "close");
  await vi.waitFor(() => rawSocket(url, as("ada")));
});

test("calls are bounded over all connections", async () => {
  const { url } = await served({ calls: 2 });
  const webs = await Promise.all(Array.from({ length: 3 }, () => rawSocket(url)));
  for (const web of webs.slice(0, 2)) web.send(call("wait"));
  await vi.waitFor(() => expect(waiting).toHaveBeenCalledTimes(2));
  webs[2]!.send(call("now"));
  expect(await nextMessage(webs[2]!)).toMatchObject({
    error: { message: "2 requests are running already; wait for some to be answered." },
  });
  const answers = webs.slice(0, 2).map(nextMessage);
  gate.resolve();
  for (const answer of await Promise.all(answers)) expect(answer).toHaveProperty("result");
});
