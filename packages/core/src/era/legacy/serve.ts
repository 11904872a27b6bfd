import type {
  JsonRpcNotification,
  JsonRpcRequest,
  JsonRpcResponse,
} from "../../jsonrpc/message.ts";
import { methodNotFound } from "../../jsonrpc/rpc-error.ts";
import type { Call } from "../../kernel/call.ts";
import type { Dispatch } from "../../kernel/compose.ts";
import type { LiveCall } from "../../kernel/live-call.ts";
import { complete, type Outcome } from "../../kernel/outcome.ts";
import type { Send } from "../../kernel/pending.ts";
import { declares, type LoggingLevel, type Revision, rowFor } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { checkParams } from "../../server/check-params.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import type { ServerDispatch } from "../../server/dispatch.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import { converse } from "./input.ts";
import { initializeResult, notInitialized, readOpening, Session } from "./session.ts";

/** What is answered by the session itself rather than by the definition. */
type SessionMethod = (session: Session, call: Call) => Promise<Outcome> | Outcome;

const SESSION_METHODS: Readonly<Record<string, SessionMethod>> = {
  "logging/setLevel": (session, { params }) => {
    session.logLevel = params.level as LoggingLevel;
    return complete({});
  },
  "resources/subscribe": (session, call) =>
    session.subscription.addResource(call.params.uri as string, call),
  "resources/unsubscribe": (session, { params }) => {
    session.subscription.removeResource(params.uri as string);
    return complete({});
  },
};

/** Answers one client that opened with `initialize`, for as long as its session lasts. */
export class LegacyServer {
  readonly #definition: ServerDefinition;
  readonly #dispatch: ServerDispatch;
  readonly #send: Send;
  #session: Session | undefined;

  /** @param send carries what belongs to no call */
  constructor(definition: ServerDefinition, dispatch: ServerDispatch, send: Send) {
    this.#definition = definition;
    this.#dispatch = dispatch;
    this.#send = send;
  }

  /** The revision in use, once `initialize` was answered. */
  get revision(): Revision | undefined {
    return this.#session?.revision;
  }

  /**
   * @param call knows its principal already, where there is one
   * @param send carries what belongs to this call
   * @throws {RpcError} when there is no session yet, or the params are malformed
   */
  async answer(request: JsonRpcRequest, call: LiveCall, send: Send): Promise<JsonRpcResponse> {
    const { id, method } = request;
    if (method === "initialize") return { jsonrpc: "2.0", id, result: this.#initialize(request) };
    // basic/utilities/ping: MUST be answered promptly, also before initialize.
    if (method === "ping") return { jsonrpc: "2.0", id, result: {} };
    const session = this.#session;
    if (!session) throw notInitialized(method);
    decode(call, session, this.#definition);
    const own = Object.hasOwn(SESSION_METHODS, method) ? SESSION_METHODS[method] : undefined;
    const dispatch: Dispatch = own
      ? (again) => this.#dispatch(again, this.#within(session, own))
      : this.#dispatch;
    const first = await dispatch(call);
    const outcome =
      first.kind === "input_required"
        ? await converse(first, call, dispatch, session, send)
        : first;
    call.conclude();
    return encode(outcome, call, this.#definition, session);
  }

  notify({ method, params }: JsonRpcNotification): void {
    const session = this.#session;
    if (method === "notifications/initialized" && session) session.ready = true;
    if (method === "notifications/progress") session?.pending.progress(params);
    if (method === "notifications/roots/list_changed") session?.roots.forget();
  }

  settle(response: JsonRpcResponse): void {
    this.#session?.pending.settle(response);
  }

  close(reason: Error): void {
    this.#session?.close(reason);
  }

  #initialize(request: JsonRpcRequest): JsonObject {
    const opening = readOpening(request);
    this.#session?.close(new Error("The client opened a new session."));
    this.#session = new Session(this.#definition, opening, this.#send);
    return initializeResult(this.#definition, opening.revision);
  }

  #within(session: Session, answer: SessionMethod): Dispatch {
    return async (call) => {
      this.#check(call);
      return answer(session, call);
    };
  }

  #check(call: Call): void {
    const { method, revision } = call;
    const row = rowFor(this.#definition.methods, method, revision);
    const gate = row?.gate?.server;
    if (!row || (gate && !declares(this.#definition.capabilities, gate))) {
      throw methodNotFound(method);
    }
    checkParams(row, call);
  }
}
