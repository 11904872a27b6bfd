import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** An HTTP server on a free port that answers every plain request with 404. */
export interface OpenServer {
  readonly server: Server;
  readonly url: string;
  close(): Promise<void>;
}

/** Starts one. */
export async function startHttp(): Promise<OpenServer> {
  const server = createServer((_, response) => response.writeHead(404).end());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    server,
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Starts one for the test that runs. */
export async function httpForTest(): Promise<OpenServer> {
  const open = await startHttp();
  onTestFinished(() => open.close());
  return open;
}
