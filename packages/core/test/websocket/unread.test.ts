import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";
import { defineServer, tool } from "../../src/index.ts";
import { settled } from "../../src/testing/settled.ts";
import { type WebSocketOptions, webSocketServer } from "../../src/websocket.ts";
import { meta } from "../server/raw-client.ts";
import { httpForTest } from "./http-server.ts";
import { rawSocket } from "./raw-socket.ts";

const CALLS = 5_000;

/** A server whose one tool says much, and a client that sends calls of it a few at a time and reads nothing. */
async function flooded(options: WebSocketOptions = {}) {
  let runs = 0;
  const big = tool({
    name: "big",
    description: "Says much.",
    run: () => {
      runs++;
      return "x".repeat(10_000);
    },
  });
  const definition = defineServer({ name: "s", version: "1.0.0", tools: [big] });
  const http = await httpForTest();
  const cut = Promise.withResolvers<string>();
  const onCut = ({ message }: Error) => cut.resolve(message);
  const serving = webSocketServer(definition, http.server, { ...options, onCut });
  onTestFinished(() => serving.close());
  const web = await rawSocket(http.url);
  onTestFinished(() => web.terminate());
  web.pause();
  const params = { name: "big", _meta: meta() };
  for (let id = 1; id <= CALLS; id++) {
    web.send(JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params }));
    if (id % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 0));
  }
  await settled(() => runs);
  return { web, cut: cut.promise, runs: () => runs };
}

test("a WebSocket client that does not read is served no further until it does", async () => {
  const { web, runs } = await flooded();
  expect(runs()).toBeLessThan(CALLS / 2);
  const answered = new Set<unknown>();
  web.on("message", (data) => {
    answered.add(JSON.parse(String(data)).id);
    if (answered.size === CALLS) web.close();
  });
  web.resume();
  await once(web, "close");
  expect(answered.size).toBe(CALLS);
});

test("one that never reads again is dropped, because it answers no ping", async () => {
  const { cut } = await flooded({ pingMs: 50 });
  expect(await cut).toBe("The peer answered no ping; it was disconnected.");
});
