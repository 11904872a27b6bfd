import { fileURLToPath } from "node:url";
import { afterAll, beforeAll } from "vitest";
import {
  type Client,
  type ConnectOptions,
  connect,
  httpClient,
  memoryPair,
  REVISIONS,
  type Revision,
  serve,
  type Transport,
} from "../../src/index.ts";
import { serveHttp, stdioClient } from "../../src/node.ts";
import { webSocketClient, webSocketServer } from "../../src/websocket.ts";
import { startHttp } from "../websocket/http-server.ts";
import { everything } from "./everything.ts";

/** One way to reach the server of the behaviour tests. */
export interface Way {
  readonly revision: Revision;
  readonly carrier: Pipe | Network;
}

/** A way that carries raw messages too. */
type Pipe = "memory" | "stdio";

/** A way that comes in over a network. */
type Network = "http" | "sse" | "websocket";

/** Every revision over every transport that has it. */
export const ways: readonly Way[] = REVISIONS.flatMap((revision) => [
  { revision, carrier: "memory" },
  { revision, carrier: "stdio" },
  { revision, carrier: "http" },
  { revision, carrier: "websocket" },
  ...(revision === "2024-11-05" ? [{ revision, carrier: "sse" } as const] : []),
]);

/** The ways in revisions that have `wanted`. */
export function waysSince(wanted: Revision): Way[] {
  return ways.filter(({ revision }) => revision >= wanted);
}

const program = fileURLToPath(new URL("everything-process.ts", import.meta.url));

/** A client's end of a new connection to a new server with one of everything. */
export function wireTo(carrier: Pipe): Transport {
  if (carrier === "stdio") return stdioClient({ command: process.execPath, args: [program] });
  const [ours, theirs] = memoryPair();
  serve(everything(), theirs, { onError: () => {} });
  return ours;
}

/** Servers for one client each, and the client's end. */
const networks: Readonly<Record<Network, () => Promise<Served>>> = {
  http: () => overHttp(""),
  sse: () => overHttp("sse"),
  websocket: overWebSocket,
};

interface Served {
  readonly transport: Transport;
  close(): Promise<void>;
}

async function overHttp(path: string): Promise<Served> {
  const serving = await serveHttp(everything(), { onError: () => {} });
  const transport = httpClient(new URL(path, serving.url))();
  return { transport, close: () => serving.close() };
}

async function overWebSocket(): Promise<Served> {
  const http = await startHttp();
  const serving = webSocketServer(everything(), http.server, { onError: () => {} });
  const close = () => serving.close().then(http.close);
  return { transport: webSocketClient(http.url), close };
}

/** A transport whose server ends with the client. */
async function overNetwork(carrier: Network): Promise<Transport> {
  const { transport, close } = await networks[carrier]();
  return {
    ...(transport.answersEach && { answersEach: true }),
    start: (receiver) => transport.start(receiver),
    send: (message) => transport.send(message),
    drained: () => transport.drained(),
    async close() {
      await transport.close();
      await close();
    },
  };
}

/** Connects a client to a new server with one of everything. */
export function open(
  { revision, carrier }: Way,
  options: Partial<ConnectOptions> = {},
): Promise<Client> {
  const clientInfo = { name: "test", version: "1.0.0" };
  const piped = carrier === "memory" || carrier === "stdio";
  const target = piped ? wireTo(carrier) : () => overNetwork(carrier);
  return connect(target, { clientInfo, revision, ...options });
}

/** One client for all the tests of a `describe`, which is quicker than a process for each. */
export function share(
  way: Way,
  options: Partial<ConnectOptions> = {},
): { readonly client: Client } {
  let client: Client | undefined;
  beforeAll(async () => {
    client = await open(way, options);
  });
  afterAll(() => client?.close());
  return {
    get client() {
      if (client === undefined) throw new Error("The client is only there while tests run.");
      return client;
    },
  };
}
