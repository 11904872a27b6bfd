import type { JsonRpcMessage } from "../../jsonrpc/message.ts";
import type { Principal } from "../../kernel/call.ts";
import {
  EventStream,
  EXPIRED,
  messageEvent,
  namedEvent,
  type StreamRules,
} from "../../transport/http/event-stream.ts";
import type { Exchange } from "../../transport/http/exchange.ts";
import type { Receiver, Transport } from "../../transport/transport.ts";

/** The server's end of a connection of 2024-11-05: out on one event stream, in by posts (basic/transports: HTTP with SSE). */
export class SseTransport implements Transport {
  readonly #stream: EventStream;
  #receiver: Receiver | undefined;

  /**
   * Answers `exchange` with the stream.
   * @param endpoint where the client is to post, told in the first event
   */
  constructor(exchange: Exchange, rules: StreamRules, endpoint: string) {
    const onClose = () => {
      rules.onClose();
      this.#end();
    };
    this.#stream = new EventStream(exchange, { ...rules, onClose });
    this.#stream.write(namedEvent("endpoint", endpoint));
  }

  start(receiver: Receiver): void {
    this.#receiver = receiver;
    if (!this.#stream.open) this.#end();
  }

  /** Takes what was posted, by whom. */
  receive(message: unknown, principal: Principal | undefined): void {
    this.#receiver?.message(message, principal);
  }

  /** Tells whoever looks why the stream will end. */
  tellExpired(): void {
    this.#stream.write(EXPIRED);
  }

  send(message: JsonRpcMessage | readonly JsonRpcMessage[]): void {
    this.#stream.write(messageEvent(JSON.stringify(message)));
  }

  /** True while the client leaves so much unread that one more answer would cut it off. */
  get isFull(): boolean {
    return this.#stream.isFull;
  }

  /** At once: what a client leaves unread is bounded, beyond that it is cut off. */
  async drained(): Promise<void> {}

  async close(): Promise<void> {
    this.#receiver = undefined;
    this.#stream.end();
  }

  #end(): void {
    const receiver = this.#receiver;
    this.#receiver = undefined;
    receiver?.closed(new Error("The client closed its event stream."));
  }
}
