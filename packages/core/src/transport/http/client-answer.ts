import { isObject, type JsonRpcRequest } from "../../jsonrpc/message.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { Receiver } from "../transport.ts";

/** What takes the messages a server sends, on whatever stream. */
export type Inbox = Pick<Receiver, "message" | "damaged" | "closed">;

/** What to do about the answer to a request. */
export interface AnswerHooks {
  /** Gets the result on its way in, and gives back what to hand on. */
  readonly learn: (result: JsonObject) => JsonObject;
  /** The answer has come. */
  readonly answered: () => void;
}

/** Hands on what comes on the stream of one request, and notices when its answer is among it. */
export class AnswerTaker {
  readonly #request: JsonRpcRequest;
  readonly #inbox: Inbox;
  readonly #hooks: AnswerHooks;
  #answered = false;

  constructor(request: JsonRpcRequest, inbox: Inbox, hooks: AnswerHooks) {
    this.#request = request;
    this.#inbox = inbox;
    this.#hooks = hooks;
  }

  /** True when the request needs nothing more. */
  get answered(): boolean {
    return this.#answered;
  }

  /** Takes one decoded value: a message, or a batch of them. */
  take(value: unknown): void {
    this.#inbox.message(Array.isArray(value) ? value.map(this.#read) : this.#read(value));
    if (!this.#answered) return;
    this.#hooks.answered();
  }

  readonly #read = (value: unknown): unknown => {
    if (!isObject(value) || value.method !== undefined) return value;
    const { id } = this.#request;
    // A server that could not read the id says so with none. On this stream it can only mean this request.
    const message = value.error !== undefined && value.id == null ? { ...value, id } : value;
    if (message.id !== id) return message;
    this.#answered = true;
    return isObject(message.result)
      ? { ...message, result: this.#hooks.learn(message.result) }
      : message;
  };
}
