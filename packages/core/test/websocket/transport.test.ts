import { afterAll, beforeAll, test } from "vitest";
import type { Transport } from "../../src/index.ts";
import { echoPeer, testTransport } from "../../src/testing/index.ts";
import { Upgrades } from "../../src/transport/websocket/upgrades.ts";
import { type WebSocketClientOptions, webSocketClient } from "../../src/websocket.ts";
import { type OpenServer, startHttp } from "./http-server.ts";

let http: OpenServer;
let accept: (transport: Transport) => void = echoPeer;

beforeAll(async () => {
  http = await startHttp();
  const failed = (error: unknown) => {
    throw error;
  };
  new Upgrades(http.server, {}, { connected: (transport) => accept(transport), failed });
});
afterAll(() => http.close());

/** The client's end, with the server's end as its peer. */
function near(options: WebSocketClientOptions): { transport: Transport } {
  accept = echoPeer;
  return { transport: webSocketClient(http.url, options) };
}

testTransport("WebSocket client of the platform", () => near({}), test);

testTransport("WebSocket client of ws", () => near({ headers: { "X-Test": "1" } }), test);

testTransport(
  "WebSocket server",
  async () => {
    const accepted = Promise.withResolvers<Transport>();
    accept = accepted.resolve;
    echoPeer(webSocketClient(http.url));
    return { transport: await accepted.promise };
  },
  test,
);
