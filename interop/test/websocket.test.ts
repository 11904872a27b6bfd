import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketClientTransport } from "@modelcontextprotocol/sdk/client/websocket.js";
import { isModern, REVISIONS } from "@portico/core";
import { webSocketClient, webSocketServer } from "@portico/core/websocket";
import { afterAll, describe } from "vitest";
import { everything } from "../fixtures/everything/server.ts";
import type { Candidate } from "./peers/peer.ts";
import { meetPorticoAt } from "./peers/portico.ts";
import { meetV1Over } from "./peers/sdk-v1.ts";
import { testEverything } from "./suites/everything.ts";

const closers: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closers.map((close) => close())));

/** Serves the server with every feature on WebSockets, for one client. */
async function serveEverything(): Promise<URL> {
  const http = createServer().listen(0, "127.0.0.1");
  await once(http, "listening");
  const serving = webSocketServer(everything(), http, { onError: () => {} });
  closers.push(async () => {
    await serving.close();
    http.close();
  });
  return new URL(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/mcp`);
}

const foreign = REVISIONS.filter((revision) => !isModern(revision)).map((revision) => ({
  name: "the official SDK v1 client",
  revision,
  meet: async (_, host) =>
    meetV1Over(new WebSocketClientTransport(await serveEverything()), revision, host),
  missingResource: -32002,
})) satisfies (Candidate & { name: string })[];

const ours = REVISIONS.map((revision) => ({
  name: "our client",
  revision,
  meet: async (_, host) => {
    const url = await serveEverything();
    return meetPorticoAt(() => webSocketClient(url), revision, host);
  },
  missingResource: isModern(revision) ? -32602 : -32002,
  visitsByItself: true,
})) satisfies (Candidate & { name: string })[];

describe.each([...foreign, ...ours])("$name over WebSocket on $revision", (candidate) => {
  testEverything(candidate);
});
