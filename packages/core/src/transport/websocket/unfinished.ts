import type { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { HOLDS_MOST } from "./end-reason.ts";

/**
 * Bounds the bytes of messages that have not arrived whole, over all connections of a server. The library bounds each
 * message, which is no bound for many. Where it is too much, whoever holds most is dropped.
 */
export class Unfinished {
  readonly #most: number;
  readonly #held = new Map<WebSocket, number>();
  #total = 0;

  constructor(bytes: number) {
    this.#most = bytes;
  }

  /** Looks after one more socket, of which nothing has been read yet from `stream`. */
  watch(web: WebSocket, stream: Duplex): void {
    let isWhole = false;
    // Bytes of the chunk at hand that belong to messages that are whole now, and to frames between those of a message.
    let done = 0;
    web.on("message", (data: Buffer) => {
      isWhole = true;
      done += framed(data.length);
    });
    const passed = (data: Buffer) => {
      done += framed(data.length);
    };
    web.on("ping", passed);
    web.on("pong", passed);
    // The library's own listener comes first: what a chunk ends was told when this one hears of it.
    stream.on("data", (chunk: Buffer) => {
      const before = isWhole ? 0 : (this.#held.get(web) ?? 0);
      const held = Math.max(0, before + chunk.length - done);
      isWhole = false;
      done = 0;
      this.#note(web, held);
    });
    web.once("close", () => {
      this.#note(web, 0);
      this.#held.delete(web);
    });
  }

  #note(web: WebSocket, bytes: number): void {
    this.#total += bytes - (this.#held.get(web) ?? 0);
    this.#held.set(web, bytes);
    if (this.#total > this.#most) this.#dropLargest();
  }

  #dropLargest(): void {
    const [first, ...others] = this.#held;
    if (first === undefined) return;
    const [web] = others.reduce((most, one) => (one[1] > most[1] ? one : most), first);
    this.#note(web, 0);
    web.emit("error", Object.assign(new Error("holds most"), { code: HOLDS_MOST }));
    web.terminate();
  }
}

/** RFC 6455 section 5.2: a payload with what a client's frame has before it, the mask included. */
function framed(bytes: number): number {
  return bytes + (bytes < 126 ? 6 : bytes < 65_536 ? 8 : 14);
}
