import type { Cluster } from "node:cluster";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { directRequests } from "./node-request.ts";
import { Traffic } from "./node-traffic.ts";

/** A certificate and its key, in PEM. */
export interface TlsFiles {
  readonly cert: string | Uint8Array;
  readonly key: string | Uint8Array;
}

/** Where a server listens, and how long it waits for slow clients. */
export interface ListenOptions {
  /** Address to bind. Default `127.0.0.1`: this machine only. */
  readonly host?: string;
  /** Default 0: any that is free. */
  readonly port?: number;
  /** Serves HTTPS. */
  readonly tls?: TlsFiles;
  /** Milliseconds a client may take to send its headers. Default 15 seconds. */
  readonly headersTimeoutMs?: number;
  /** Milliseconds a client may take to send a whole request. Default 60 seconds. */
  readonly requestTimeoutMs?: number;
}

/** An HTTP server that listens. */
export interface Listening {
  /** For what belongs to the server beside requests: upgrades. */
  readonly server: Server;
  readonly traffic: Traffic;
  readonly host: string;
  readonly port: number;
  /** Resolves once nothing listens any more and every connection is closed. */
  readonly done: Promise<void>;
  /** Takes no more connections and closes those there are. */
  close(): Promise<void>;
}

/** How long an idle connection is kept for the next request, in milliseconds: longer than proxies reuse theirs. */
const KEEP_ALIVE_MS = 65_000;

/**
 * Opens an HTTP server.
 * @throws {Error} when the address cannot be bound
 */
export async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  options: ListenOptions,
): Promise<Listening> {
  const { host = "127.0.0.1", port = 0 } = options;
  const server = createServer(handle, options);
  const traffic = new Traffic(server);
  const { promise: done, resolve } = Promise.withResolvers<void>();
  server.once("close", () => resolve());
  await bound(server, host, port);
  const address = server.address() as AddressInfo;
  return {
    server,
    traffic,
    host: address.address,
    port: address.port,
    done,
    close() {
      server.close();
      server.closeAllConnections();
      return done;
    },
  };
}

function createServer(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
  { tls, headersTimeoutMs = 15_000, requestTimeoutMs = 60_000 }: ListenOptions,
): Server {
  // Not imported: that would read every export, and some of node:http load the whole Fetch API, which takes longer
  // than all the rest of a start.
  const http = process.getBuiltinModule("node:http");
  const options = {
    IncomingMessage: directRequests(http.IncomingMessage),
    // A client that sends too slowly is cut off: it would hold a connection for nothing.
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(headersTimeoutMs, requestTimeoutMs, 5_000),
    keepAliveTimeout: KEEP_ALIVE_MS,
  };
  if (!tls) return http.createServer(options, handle);
  const { cert, key } = tls;
  const pem = { cert: Buffer.from(cert), key: Buffer.from(key) };
  return process.getBuiltinModule("node:https").createServer({ ...options, ...pem }, handle);
}

async function bound(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(addressOf(host, port), resolve);
    });
  } catch (error) {
    throw explained(error as NodeJS.ErrnoException, host, port);
  }
}

/**
 * What to listen at. Where Node can bind a numeric address itself (since 24.19) it does: told by name it looks any address
 * up, and to read what it finds compiles an expression for a third of the time that all of HTTP adds to a start.
 * @throws {Error} when it cannot be bound
 */
function addressOf(host: string, port: number): object {
  const net = process.getBuiltinModule("node:net");
  if (!("BoundSocket" in net && net.isIPv4(host))) return { host, port };
  // What the workers of a cluster listen at is bound by their primary.
  const { isWorker } = process.getBuiltinModule("node:cluster") as unknown as Cluster;
  return isWorker ? { host, port } : new net.BoundSocket({ host, port });
}

function explained(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const reason =
    error.code === "EADDRINUSE"
      ? "something else listens there; choose another port"
      : error.code === "EACCES"
        ? "the system does not allow it; choose a port above 1023"
        : error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND"
          ? "this machine has no such address"
          : (error.code ?? error.message);
  return new Error(`Cannot listen on ${host} port ${port}: ${reason}.`);
}
