import { createConnection, createServer, type Server, type Socket } from "node:net";
import type { Transport } from "@portico/core";
import { streamTransport } from "@portico/core/node";

/** MCP over a connected socket, framed as stdio is. */
export function overSocket(socket: Socket): Transport {
  return streamTransport({ input: socket, output: socket });
}

/**
 * Waits for connections on a Unix domain socket. Put `path` into a folder only the right users may enter:
 * whoever can open the socket can use the server.
 * @param onConnection gets each new connection, not started yet
 */
export function listen(
  path: string,
  onConnection: (transport: Transport, socket: Socket) => void,
): Promise<Server> {
  // Half-open: a client that ended its side after its last request still gets the answer.
  const server = createServer({ allowHalfOpen: true }, (socket) =>
    onConnection(overSocket(socket), socket),
  );
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => resolve(server));
  });
}

/** Connects to a server on a Unix domain socket. */
export function dial(path: string): Promise<Transport> {
  const socket = createConnection(path);
  return new Promise((resolve, reject) => {
    socket.once("error", reject);
    socket.once("connect", () => resolve(overSocket(socket)));
  });
}
