import { CLIENT_ERAS } from "../era/client-choose.ts";
import type { Listener, ServerFacts } from "../era/client-era.ts";
import { methodNotFound } from "../jsonrpc/rpc-error.ts";
import type { ConnectionClosed } from "../kernel/pending.ts";
import {
  checkFor,
  type LoggingMessageNotificationParams,
  type Methods,
  rowFor,
} from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import type { Answers } from "./answers.ts";
import { guarded } from "./callback.ts";
import type { ConnectionOwner } from "./connection.ts";
import type { Setup } from "./setup.ts";

/** What comes from the server on one connection: its questions, and its notifications. */
export class Inbound implements ConnectionOwner {
  readonly #setup: Setup;
  readonly #over = Promise.withResolvers<ConnectionClosed>();
  #facts: ServerFacts | undefined;
  #answers: Answers | undefined;
  #listener: Listener | undefined;

  constructor(setup: Setup) {
    this.#setup = setup;
  }

  get methods(): Methods {
    return this.#setup.methods;
  }

  /** Resolves with the reason when the connection is over. */
  get over(): Promise<ConnectionClosed> {
    return this.#over.promise;
  }

  /** The server has been met: from now on what it sends is read as its revision says. */
  opened(facts: ServerFacts, answers: Answers, listener: Listener): void {
    this.#facts = facts;
    this.#answers = answers;
    this.#listener = listener;
  }

  answersRequests(): boolean {
    return this.#facts === undefined || CLIENT_ERAS[this.#facts.era].answersRequests;
  }

  acceptsBatches(): boolean {
    return (
      this.#facts !== undefined && CLIENT_ERAS[this.#facts.era].hasBatches(this.#facts.revision)
    );
  }

  async request(method: string, params: JsonObject, signal: AbortSignal): Promise<JsonObject> {
    // A server may ping before it was initialized, and ask for nothing else (2025-11-25 basic/lifecycle).
    if (method === "ping") return {};
    if (this.#answers === undefined) throw methodNotFound(method);
    return this.#answers.answer(method, params, signal);
  }

  notification(method: string, params: JsonObject): void {
    if (!this.#isValid(method, params)) return;
    const { cache, visits, options } = this.#setup;
    cache.invalidate(method, params);
    if (method === "notifications/elicitation/complete") visits.complete(params.elicitationId);
    if (method === "notifications/message") {
      guarded(() => options.onLog?.(params as unknown as LoggingMessageNotificationParams));
    }
    this.#listener?.notification(method, params);
  }

  closed(reason: ConnectionClosed): void {
    this.#over.resolve(reason);
  }

  /** A notification that the revision does not have, or not in this shape, tells nothing. */
  #isValid(method: string, params: JsonObject): boolean {
    if (this.#facts === undefined) return method === "notifications/message";
    const { revision } = this.#facts;
    const row = rowFor(this.#setup.methods, method, revision);
    if (row?.kind !== "notification" || row.from === "client") return false;
    return checkFor(row.params, revision)(params) === undefined;
  }
}
