import { LegacyServer } from "../era/legacy/serve.ts";
import { isModernEnvelope } from "../era/modern/decode.ts";
import { ModernServer } from "../era/modern/serve.ts";
import { errorResponse, type RpcError } from "../jsonrpc/rpc-error.ts";
import type { Principal } from "../kernel/call.ts";
import type { CallLimit } from "../kernel/call-limit.ts";
import type { ServerDefinition } from "../server/definition.ts";
import { type DispatchOptions, dispatch, reporter, sealerOf } from "../server/dispatch.ts";
import type { Receiver, Transport } from "../transport/transport.ts";
import { Conversation } from "./conversation.ts";
import { isBatch, type Reply, unwritable } from "./reply.ts";

/** How one connection is served. */
export interface ServeOptions extends DispatchOptions {
  /** Who is at the other end, where the transport knows. */
  readonly principal?: Principal;
}

/** A connection that is being served. */
export interface Serving {
  /** Resolves once the connection is over, with the reason when it was not a plain end. */
  readonly done: Promise<Error | undefined>;
  /**
   * Ends subscriptions, refuses new calls, lets running ones finish within `graceMs` (default 0), aborts the
   * rest and closes the connection. Idempotent: the first call decides.
   */
  close(graceMs?: number): Promise<void>;
}

/** How long, in milliseconds, running calls may take to finish after the client ended its side. */
const END_GRACE_MS = 500;

/** The server's end of one two-way connection. */
export class ServerConnection implements Receiver, Serving {
  readonly done: Promise<Error | undefined>;
  readonly #transport: Transport;
  readonly #legacy: LegacyServer;
  readonly #modern: ModernServer;
  readonly #conversation: Conversation;
  readonly #reply: Reply;
  readonly #finish: (reason: Error | undefined) => void;
  #closing: Promise<void> | undefined;

  /** @param limit bounds its calls together with those of other connections */
  constructor(
    definition: ServerDefinition,
    transport: Transport,
    options: ServeOptions,
    limit?: CallLimit,
  ) {
    const { sealer = sealerOf(definition), principal } = options;
    const answer = dispatch(definition, { ...options, sealer });
    const { promise, resolve } = Promise.withResolvers<Error | undefined>();
    this.done = promise;
    this.#finish = resolve;
    this.#transport = transport;
    this.#reply = this.#replyTo(principal);
    this.#legacy = new LegacyServer(definition, answer, this.#reply.send);
    this.#modern = new ModernServer(definition, answer, sealer);
    this.#conversation = new Conversation(
      this.#legacy,
      (request, call) =>
        isModernEnvelope(request.params)
          ? this.#modern.answer(request, call)
          : this.#legacy.answer(request, call, this.#reply.send),
      reporter(options),
      limit,
    );
  }

  message(value: unknown, principal?: Principal): void {
    const reply = principal ? { ...this.#reply, principal } : this.#reply;
    void this.#conversation.take(value, reply);
  }

  damaged(error: RpcError): void {
    this.#reply.respond(errorResponse(error));
  }

  closed(reason?: Error): void {
    if (this.#closing) return this.#conversation.abort(reason ?? new Error("The client is gone."));
    // A client may end its side right after its last request: what is nearly done is still answered.
    this.#closing ??= this.#shutDown(reason === undefined ? END_GRACE_MS : 0, reason);
  }

  close(graceMs = 0): Promise<void> {
    this.#closing ??= this.#shutDown(graceMs, undefined);
    return this.#closing;
  }

  async #shutDown(graceMs: number, reason: Error | undefined): Promise<void> {
    this.#conversation.stop();
    // Lets the listen streams put their results on the wire before it goes.
    this.#modern.close();
    await this.#conversation.idle(graceMs);
    const why = reason ?? new Error("The connection is closed.");
    this.#conversation.abort(why);
    this.#legacy.close(why);
    await this.#transport.close();
    this.#finish(reason);
  }

  #replyTo(principal: Principal | undefined): Reply {
    const transport = this.#transport;
    const reply: Reply = {
      principal,
      send: (message) => transport.send(message),
      respond(response) {
        try {
          transport.send(response);
        } catch {
          // One of a batch cannot be written; alone, each gets its own answer.
          if (isBatch(response)) for (const each of response) reply.respond(each);
          else transport.send(unwritable(response));
        }
      },
    };
    return reply;
  }
}
