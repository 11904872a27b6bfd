import type { WebSocket } from "ws";
import type { Socket, SocketEvents } from "./socket.ts";

/** A socket of the ws library, which is open already. It reports to `events`. */
export class NodeSocket implements Socket {
  readonly #web: WebSocket;
  #waiters: { readonly bytes: number; readonly resolve: () => void }[] = [];

  constructor(web: WebSocket, events: SocketEvents) {
    this.#web = web;
    let failure: Error | undefined;
    web.on("message", (data, isBinary) => (isBinary ? events.binary() : events.text(String(data))));
    web.on("error", (error) => {
      failure = error;
    });
    web.once("close", (code, reason) => {
      this.#release();
      events.closed({ code, reason: String(reason), error: failure });
    });
  }

  get waiting(): number {
    return this.#web.bufferedAmount;
  }

  send(text: string): void {
    this.#web.send(text, this.#flushed);
  }

  below(bytes: number): Promise<void> {
    if (this.#web.readyState === this.#web.CLOSED || this.waiting < bytes) return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push({ bytes, resolve }));
  }

  pause(): void {
    this.#web.pause();
  }

  resume(): void {
    this.#web.resume();
  }

  close(): void {
    this.#web.close(1000);
  }

  drop(): void {
    this.#web.terminate();
  }

  readonly #flushed = (): void => {
    if (this.#waiters.length === 0) return;
    const { waiting } = this;
    const free = this.#waiters.filter(({ bytes }) => waiting < bytes);
    this.#waiters = this.#waiters.filter(({ bytes }) => waiting >= bytes);
    for (const { resolve } of free) resolve();
  };

  #release(): void {
    for (const { resolve } of this.#waiters.splice(0)) resolve();
  }
}
