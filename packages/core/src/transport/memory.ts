import { decode } from "../jsonrpc/codec.ts";
import type { JsonRpcMessage } from "../jsonrpc/message.ts";
import type { RpcError } from "../jsonrpc/rpc-error.ts";
import type { Receiver, Transport } from "./transport.ts";

/**
 * Two transports joined in this process. Every message goes through JSON text, as on a wire, and arrives
 * asynchronously; closing one end closes the other after what was sent before has arrived.
 */
export function memoryPair(): readonly [Transport, Transport] {
  const left = new MemoryEnd();
  const right = new MemoryEnd();
  left.join(right);
  right.join(left);
  return [left, right];
}

/** Text (UTF-16 units) waiting at the other end beyond which this one is congested. */
const HIGH_WATER = 64 * 1024;

class MemoryEnd implements Transport {
  #peer: MemoryEnd = this;
  #receiver: Receiver | undefined;
  #inbox: string[] = [];
  /** How much text (UTF-16 units) is in the inbox. */
  #waiting = 0;
  #paused = false;
  #senders: (() => void)[] = [];
  #scheduled = false;
  /** `ending`: one side closed, and `closed` is still to be reported here after the inbox. */
  #state: "open" | "ending" | "closed" = "open";

  join(peer: MemoryEnd): void {
    this.#peer = peer;
  }

  start(receiver: Receiver): void {
    this.#receiver = receiver;
    this.#schedule();
  }

  send(message: JsonRpcMessage | readonly JsonRpcMessage[]): void {
    const text = JSON.stringify(message);
    if (this.#state === "open") this.#peer.#take(text);
  }

  drained(): Promise<void> {
    const peer = this.#peer;
    if (peer.#inbox.length === 0) return Promise.resolve();
    return new Promise((resolve) => peer.#senders.push(resolve));
  }

  get congested(): boolean {
    return this.#peer.#waiting >= HIGH_WATER;
  }

  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#schedule();
  }

  async close(): Promise<void> {
    this.#inbox = [];
    this.#waiting = 0;
    this.#paused = false;
    this.#end();
    this.#peer.#end();
  }

  #take(text: string): void {
    this.#inbox.push(text);
    this.#waiting += text.length;
    this.#schedule();
  }

  #end(): void {
    if (this.#state !== "open") return;
    this.#state = "ending";
    this.#releaseSenders();
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled || this.#paused || this.#receiver === undefined) return;
    this.#scheduled = true;
    queueMicrotask(() => this.#deliver(this.#receiver!));
  }

  #deliver(receiver: Receiver): void {
    // The inbox is read where it stands: `close` replaces it, which drops the rest, and messages sent by the
    // receiver's own work wait for the next turn.
    const inbox = this.#inbox;
    const count = inbox.length;
    let read = 0;
    while (read < count && this.#inbox === inbox && !this.#paused) {
      const text = inbox[read++]!;
      this.#waiting -= text.length;
      this.#read(text, receiver);
    }
    inbox.splice(0, read);
    this.#scheduled = false;
    if (this.#inbox.length > 0) return this.#schedule();
    this.#releaseSenders();
    if (this.#state !== "ending") return;
    this.#state = "closed";
    receiver.closed();
  }

  #releaseSenders(): void {
    for (const resolve of this.#senders.splice(0)) resolve();
  }

  #read(text: string, receiver: Receiver): void {
    let value: unknown;
    try {
      value = decode(text);
    } catch (error) {
      return receiver.damaged(error as RpcError);
    }
    receiver.message(value);
  }
}
