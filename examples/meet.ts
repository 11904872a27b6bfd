import { join } from "node:path";
import {
  type Client,
  type ConnectTarget,
  connect,
  httpClient,
  memoryPair,
  serve,
} from "@portico/core";
import { serveHttp, stdioClient } from "@portico/core/node";
import { webSocketClient, webSocketServer } from "@portico/core/websocket";
import { define, type Host, type Meeting, type Pair, type Place } from "./pair.ts";

/** A server that can be reached. */
interface Reachable {
  readonly url?: string;
  target(host: Host): ConnectTarget;
  close(): Promise<void>;
}

// A hundred processes load the same files: compiled once, each starts in a third of the time.
const NODE_COMPILE_CACHE = join(import.meta.dirname, "node_modules/.cache/compiled");

const clientInfo = { name: "example", version: "1.0.0" };

/** Serves a pair's server somewhere and lets its client check it there. Throws what the check throws. */
export async function meet(pair: Pair, place: Place): Promise<void> {
  const reachable = await reach(pair, place);
  try {
    await checkAt(pair, place, reachable);
  } finally {
    await reachable.close();
  }
}

/** Lets the client of a pair check a server that somebody else serves. Throws what the check throws. */
export function checkRunning(pair: Pair, place: Place, url: string): Promise<void> {
  return checkAt(pair, place, { url, target: overHttp(url), close: async () => undefined });
}

async function checkAt(pair: Pair, place: Place, { url, target }: Reachable): Promise<void> {
  const { check, host: usual = {} } = pair.clientHalf;
  const { revision } = place;
  const clients: Client[] = [];
  const meeting: Meeting = {
    ...place,
    url,
    async connect(host = usual) {
      const client = await connect(target(host), { clientInfo, revision, ...host });
      clients.push(client);
      return client;
    },
  };
  try {
    await check(await meeting.connect(), meeting);
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}

function reach(pair: Pair, { transport }: Place): Reachable | Promise<Reachable> {
  if (transport === "stdio") return inProcessOfItsOwn(pair);
  return transport === "memory" ? inMemory(pair) : onNetwork(pair, transport);
}

function inProcessOfItsOwn({ name, clientHalf: { env = {} } }: Pair): Reachable {
  const program = join(import.meta.dirname, "serve.ts");
  const args = ["--conditions=portico-source", program, name];
  return {
    target: () =>
      stdioClient({ command: process.execPath, args, env: { NODE_COMPILE_CACHE, ...env } }),
    close: async () => undefined,
  };
}

function inMemory({ serverHalf, clientHalf }: Pair): Reachable {
  const { middleware = [] } = serverHalf.options ?? {};
  const server = define(serverHalf, clientHalf.env ?? {});
  return {
    target() {
      const [ours, theirs] = memoryPair();
      serve(server, theirs, { middleware });
      return ours;
    },
    close: () => server.close(),
  };
}

async function onNetwork({ serverHalf, clientHalf }: Pair, transport: string): Promise<Reachable> {
  const server = define(serverHalf, clientHalf.env ?? {});
  const { options = {} } = serverHalf;
  const { middleware = [], authenticator } = options;
  const http = await serveHttp(server, options);
  const admitting = { middleware, ...(authenticator && { authenticator }) };
  const sockets = webSocketServer(server, http.server, admitting);
  // Clients of HTTP+SSE have an address of their own.
  const url = transport === "HTTP+SSE" ? http.url.replace(/mcp$/, "sse") : http.url;
  return {
    url,
    target: transport === "WebSocket" ? overWebSocket(url) : overHttp(url),
    async close() {
      await sockets.close();
      await http.close();
      await server.close();
    },
  };
}

const overHttp =
  (url: string) =>
  ({ headers = {}, signer }: Host) =>
    httpClient(url, { headers, ...(signer && { signer }) });

const overWebSocket =
  (url: string) =>
  ({ headers = {}, signer }: Host) =>
  () =>
    webSocketClient(url.replace("http", "ws"), { headers, ...(signer && { signer }) });
