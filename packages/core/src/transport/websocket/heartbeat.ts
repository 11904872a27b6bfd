import type { WebSocket } from "ws";
import { PEER_SILENT } from "./end-reason.ts";

/** Asks every open socket regularly whether its peer is still there, and drops those that no longer answer. */
export class Heartbeat {
  readonly #answered = new WeakSet<WebSocket>();
  /** How many bytes waited for each socket after its last ping. */
  readonly #waiting = new WeakMap<WebSocket, number>();
  readonly #timer: NodeJS.Timeout;

  /**
   * @param sockets the open ones, whenever it looks
   * @param everyMs milliseconds between two pings; a peer is dropped at the second without an answer. Default 30 seconds.
   */
  constructor(sockets: ReadonlySet<WebSocket>, everyMs = 30_000) {
    this.#timer = setInterval(() => {
      for (const socket of sockets) this.#beat(socket);
    }, everyMs).unref();
  }

  /** Looks after one more socket. */
  watch(socket: WebSocket): void {
    this.#answered.add(socket);
    socket.on("pong", () => this.#answered.add(socket));
    socket.on("message", () => this.#answered.add(socket));
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #beat(socket: WebSocket): void {
    if (this.#answered.delete(socket) || this.#stillReads(socket)) {
      socket.ping();
      this.#waiting.set(socket, socket.bufferedAmount);
      return;
    }
    socket.emit("error", Object.assign(new Error("no pong"), { code: PEER_SILENT }));
    socket.terminate();
  }

  /** The answers of a peer that was too slow are not read meanwhile; that it takes what waits shows that it lives. */
  #stillReads(socket: WebSocket): boolean {
    return socket.isPaused && socket.bufferedAmount !== this.#waiting.get(socket);
  }
}
