import type { Server } from "node:http";
import type { Socket } from "node:net";

/**
 * Counts what goes over the connections of a server: with headers and encryption, upgraded ones included. The sockets
 * count anyway, so a request costs nothing more.
 */
export class Traffic {
  readonly #open = new Set<Socket>();
  #received = 0;
  #sent = 0;

  constructor(server: Server) {
    server.on("connection", (socket: Socket) => {
      this.#open.add(socket);
      socket.once("close", () => {
        this.#open.delete(socket);
        this.#received += socket.bytesRead;
        this.#sent += socket.bytesWritten;
      });
    });
  }

  /** Bytes received since the server began. */
  get received(): number {
    let sum = this.#received;
    for (const { bytesRead } of this.#open) sum += bytesRead;
    return sum;
  }

  /** Bytes sent since the server began, those that still wait to be taken included. */
  get sent(): number {
    let sum = this.#sent;
    for (const { bytesWritten } of this.#open) sum += bytesWritten;
    return sum;
  }
}
