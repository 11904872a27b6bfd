import type {
  JsonRpcNotification,
  JsonRpcRequest,
  JsonRpcResponse,
} from "../../jsonrpc/message.ts";
import { methodNotFound } from "../../jsonrpc/rpc-error.ts";
import type { Principal } from "../../kernel/call.ts";
import type { Dispatch } from "../../kernel/compose.ts";
import type { LiveCall } from "../../kernel/live-call.ts";
import type { Send } from "../../kernel/pending.ts";
import { declares, type LoggingLevel, type Revision, rowFor } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { checkParams } from "../../server/check-params.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";
import { converse } from "./input.ts";
import { initializeResult, notInitialized, readOpening, Session } from "./session.ts";

/** What is answered by the session itself rather than by the definition. */
type SessionMethod = (session: Session, params: JsonObject) => Promise<void> | void;

const SESSION_METHODS: Readonly<Record<string, SessionMethod>> = {
  "logging/setLevel": (session, { level }) => {
    session.logLevel = level as LoggingLevel;
  },
  "resources/subscribe": (session, { uri }) => session.subscription.addResource(uri as string),
  "resources/unsubscribe": (session, { uri }) => session.subscription.removeResource(uri as string),
};

/** Answers one client that opened with `initialize`, for as long as its session lasts. */
export class LegacyServer {
  readonly #definition: ServerDefinition;
  readonly #dispatch: Dispatch;
  readonly #send: Send;
  readonly #principal: Principal | undefined;
  #session: Session | undefined;

  /** @param send carries what belongs to no call */
  constructor(
    definition: ServerDefinition,
    dispatch: Dispatch,
    send: Send,
    principal: Principal | undefined,
  ) {
    this.#definition = definition;
    this.#dispatch = dispatch;
    this.#send = send;
    this.#principal = principal;
  }

  /** The revision in use, once `initialize` was answered. */
  get revision(): Revision | undefined {
    return this.#session?.revision;
  }

  /**
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
    if (own) {
      this.#check(call);
      await own(session, call.params);
      return { jsonrpc: "2.0", id, result: {} };
    }
    const first = await this.#dispatch(call);
    const outcome =
      first.kind === "input_required"
        ? await converse(first, call, this.#dispatch, session, send)
        : first;
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
    this.#session = new Session(this.#definition, opening, this.#send, this.#principal);
    return initializeResult(this.#definition, opening.revision);
  }

  #check(call: LiveCall): void {
    const { method, revision } = call;
    const row = rowFor(this.#definition.methods, method, revision);
    const gate = row?.gate?.server;
    if (!row || (gate && !declares(this.#definition.capabilities, gate))) {
      throw methodNotFound(method);
    }
    checkParams(row, call);
  }
}
