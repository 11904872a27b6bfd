import type { JsonRpcMessage, JsonRpcResponse } from "../../jsonrpc/message.ts";
import type { RpcError } from "../../jsonrpc/rpc-error.ts";
import { textOf } from "../../jsonrpc/text.ts";
import type { Principal } from "../../kernel/call.ts";
import { InsufficientScope } from "../../kernel/insufficient-scope.ts";
import type { Exchange } from "../../transport/http/exchange.ts";
import type { Authenticator, Caller } from "../../transport/http/head.ts";
import type { Accepted } from "../../transport/http/media-types.ts";
import { JSON_HEADERS } from "../../transport/http/refusals.ts";
import { isBatch, type Reply, unwritable } from "../reply.ts";

/** Where messages go once an answer has become a stream. */
export interface MessageStream {
  /** Sends one message, as JSON. */
  send(json: string): void;
  end(): void;
  release?(retryMs: number): void;
  /** Ends a stream that will never have its response. */
  abandon?(): void;
}

/** A posted message as its era answers it. */
export interface Posted {
  readonly exchange: Exchange;
  readonly caller: Caller;
  readonly accepts: Accepted;
  readonly authenticator: Authenticator | undefined;
}

/** What differs between the eras in how a post is answered. */
export interface PostRules {
  /** Turns the answer into a stream; undefined when it cannot be one. */
  openStream(): MessageStream | undefined;
  /** Takes what cannot be streamed. */
  divert?(message: JsonRpcMessage): void;
  status(response: JsonRpcResponse, thrown: RpcError | undefined): number;
}

/**
 * The answer to one post: plain JSON when there is nothing but a response, so that its status can follow the error;
 * a stream as soon as something goes before it.
 */
export class PostReply implements Reply {
  readonly #posted: Posted;
  readonly #rules: PostRules;
  #stream: MessageStream | undefined;
  #answered = false;

  constructor(posted: Posted, rules: PostRules) {
    this.#posted = posted;
    this.#rules = rules;
  }

  get principal(): Principal | undefined {
    return this.#posted.caller.principal;
  }

  requestHeader = (name: string): string | undefined => this.#posted.exchange.header(name);

  send(message: JsonRpcMessage): void {
    const stream = this.#answered ? undefined : this.#streamed();
    if (stream) stream.send(JSON.stringify(message));
    else this.#rules.divert?.(message);
  }

  respond(response: JsonRpcResponse | readonly JsonRpcResponse[], thrown?: RpcError): void {
    if (this.#answered) return;
    this.#answered = true;
    if (thrown instanceof InsufficientScope && this.#challenged(thrown)) return;
    const body = written(response);
    const plain = this.#posted.accepts.json && !this.#stream;
    const stream = plain ? undefined : this.#streamed();
    if (stream) {
      stream.send(body);
      return stream.end();
    }
    const status = isBatch(response) ? 200 : this.#rules.status(response, thrown);
    this.#posted.exchange.answer({ status, headers: JSON_HEADERS, body });
  }

  release = (retryMs: number): void => {
    if (!this.#answered) this.#streamed()?.release?.(retryMs);
  };

  /** Nothing more comes: accepts what wanted no response, or had it cancelled (basic/transports: MUST, 202). */
  finish(): void {
    if (this.#answered) return;
    this.#answered = true;
    if (!this.#stream) return this.#posted.exchange.answer({ status: 202 });
    this.#stream.abandon?.();
    this.#stream.end();
  }

  #streamed(): MessageStream | undefined {
    if (!this.#stream && this.#posted.accepts.events) this.#stream = this.#rules.openStream();
    return this.#stream;
  }

  /** Once a stream is open its status has been sent, and the challenge can only be an error like any other. */
  #challenged({ scopes }: InsufficientScope): boolean {
    const { authenticator, exchange } = this.#posted;
    if (!authenticator || this.#stream) return false;
    exchange.answer(authenticator.insufficientScope(scopes, exchange));
    return true;
  }
}

function written(response: JsonRpcResponse | readonly JsonRpcResponse[]): string {
  try {
    return textOf(response);
  } catch {
    if (!isBatch(response)) return JSON.stringify(unwritable(response));
    return `[${response.map(written).join(",")}]`;
  }
}
