import { isObject, kindOf, type RequestId } from "../jsonrpc/message.ts";
import type { RpcError } from "../jsonrpc/rpc-error.ts";
import type { Principal } from "../kernel/call.ts";
import type { Receiver, Transport } from "../transport/transport.ts";

/** What is held beyond this many messages, or this much text (UTF-16 units), makes the peer wait too. */
const MOST_HELD = 1_000;
const MOST_TEXT = 1024 * 1024;
/** How many are let go before it is looked again whether their answers are taken. */
const AT_ONCE = 64;

/** Something that will be answered, once the peer takes the answers to what was before it. */
interface Held {
  readonly id: RequestId | undefined;
  readonly size: number;
  readonly deliver: () => void;
}

/**
 * Stands before the receiver of a server's end: while the peer does not read its answers, what would be answered
 * waits, and at some point is not even read. So a peer that only sends cannot fill this end's memory. What needs
 * no answer goes through, above all the cancelling of a call.
 */
export class HeldBack implements Receiver {
  readonly #transport: Transport;
  readonly #receiver: Receiver;
  #held: Held[] = [];
  #text = 0;
  #paused = false;

  constructor(transport: Transport, receiver: Receiver) {
    this.#transport = transport;
    this.#receiver = receiver;
  }

  message(value: unknown, principal?: Principal): void {
    const isFree = this.#held.length === 0 && !this.#transport.congested;
    if (isFree || needsNoAnswer(value)) {
      if (!this.#takeBack(value)) this.#receiver.message(value, principal);
      return;
    }
    const id = kindOf(value) === "request" ? (value as { id: RequestId }).id : undefined;
    const size = JSON.stringify(value).length;
    this.#hold({ id, size, deliver: () => this.#receiver.message(value, principal) });
  }

  damaged(error: RpcError): void {
    const isFree = this.#held.length === 0 && !this.#transport.congested;
    const deliver = () => this.#receiver.damaged(error);
    if (isFree) deliver();
    else this.#hold({ id: undefined, size: error.message.length, deliver });
  }

  closed(reason?: Error): void {
    const left = this.#held;
    this.#held = [];
    // The peer may have ended its side after its last request, and still read.
    if (reason === undefined) for (const { deliver } of left) deliver();
    this.#receiver.closed(reason);
  }

  /** Calls off a request that waits; it was not begun, and nobody wants its answer any more. */
  #takeBack(value: unknown): boolean {
    if (this.#held.length === 0 || !isObject(value)) return false;
    if (value.method !== "notifications/cancelled" || !isObject(value.params)) return false;
    const { requestId } = value.params;
    const at = this.#held.findIndex(({ id }) => id !== undefined && id === requestId);
    if (at === -1) return false;
    const [held] = this.#held.splice(at, 1);
    this.#text -= held?.size ?? 0;
    return true;
  }

  #hold(held: Held): void {
    this.#held.push(held);
    this.#text += held.size;
    if (!this.#paused && (this.#held.length > MOST_HELD || this.#text > MOST_TEXT)) {
      this.#paused = true;
      this.#transport.pause?.();
    }
    if (this.#held.length === 1) void this.#letGo();
  }

  async #letGo(): Promise<void> {
    while (this.#held.length > 0) {
      await this.#transport.drained();
      for (let count = 0; count < AT_ONCE && !this.#transport.congested; count++) {
        const next = this.#held.shift();
        if (!next) break;
        this.#text -= next.size;
        next.deliver();
      }
      // Their answers are on their way when it is looked again.
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    if (this.#paused) this.#transport.resume?.();
    this.#paused = false;
  }
}

/** True for notifications and responses. */
function needsNoAnswer(value: unknown): boolean {
  if (Array.isArray(value)) return false;
  const kind = kindOf(value);
  return kind === "notification" || kind === "response";
}
