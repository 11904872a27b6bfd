import { CLIENT_ERAS, type EraChoice, meet } from "../era/client-choose.ts";
import type { ClientEra, Listener, Listening, ServerFacts } from "../era/client-era.ts";
import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import type { Change } from "../kernel/changes.ts";
import type { ConnectionClosed, WaitOptions } from "../kernel/pending.ts";
import {
  declares,
  MCP_ERROR,
  METHODS,
  project,
  type RequestRow,
  rowFor,
  type SubscriptionFilter,
  within,
} from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import type { Transport } from "../transport/transport.ts";
import { Answers } from "./answers.ts";
import type { CacheQuestion } from "./cache.ts";
import { Connection } from "./connection.ts";
import type { ClientExtension, ClientRequest, ServerLink } from "./extension.ts";
import { Inbound } from "./inbound.ts";
import { pagesOf } from "./lists.ts";
import type { RequestOptions } from "./options.ts";
import { checkResult } from "./result-shape.ts";
import type { Setup } from "./setup.ts";
import { ToolMemory } from "./tool-memory.ts";

/**
 * Meets the server at the other end of `transport`. Closes the transport when that fails.
 * @throws what kept the two from meeting
 */
export async function openSession(
  transport: Transport,
  setup: Setup,
  choice: EraChoice,
  signal: AbortSignal | undefined,
): Promise<Session> {
  const inbound = new Inbound(setup);
  const connection = new Connection(transport, inbound);
  const { options, handlers } = setup;
  const introduction = { info: options.clientInfo, capabilities: handlers.capabilities };
  const wait = { timeoutMs: options.timeoutMs, signal };
  try {
    const facts = await meet(connection, introduction, choice, wait);
    return new Session(connection, inbound, facts, setup);
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** One opened connection: requests go out as its revision has them, and results are checked against it. */
export class Session {
  readonly tools: ToolMemory;
  readonly #connection: Connection;
  readonly #inbound: Inbound;
  readonly #setup: Setup;
  readonly #era: ClientEra;
  readonly #answers: Answers;
  readonly #listener: Listener;
  readonly #ending = new AbortController();
  #facts: ServerFacts;

  constructor(connection: Connection, inbound: Inbound, facts: ServerFacts, setup: Setup) {
    const { revision } = facts;
    this.#connection = connection;
    this.#inbound = inbound;
    this.#setup = setup;
    this.#facts = facts;
    this.#era = CLIENT_ERAS[facts.era];
    this.tools = new ToolMemory(revision);
    this.#answers = new Answers(setup.handlers, setup.visits, revision);
    this.#listener = this.#era.listener(connection, facts, this.#encode);
    inbound.opened(facts, this.#answers, this.#listener);
    void inbound.over.then((reason) => this.#ending.abort(reason));
  }

  /** What is known of the server. */
  get facts(): ServerFacts {
    return this.#facts;
  }

  /** Resolves with the reason when the connection is over. */
  get over(): Promise<ConnectionClosed> {
    return this.#inbound.over;
  }

  get isOver(): boolean {
    return this.#connection.isOver;
  }

  /**
   * Makes one call, with as many messages as the server's questions need.
   * @throws {RpcError} what the server answered, or -32601 when it did not declare what this needs
   * @throws {InvalidResponse} when the answer breaks the protocol
   */
  async request(method: string, params: JsonObject, options: RequestOptions): Promise<JsonObject> {
    const row = this.#row(method);
    const { cache } = this.#setup;
    const question = this.#cacheQuestion(row, params);
    const kept = question && options.cache !== "reload" ? cache.get(question) : undefined;
    if (kept) return kept;
    const { generation } = cache;
    const request = { method, params, options };
    const { result: sent, rounds } = await this.#exchange(this.#prepared(request), row);
    const extension = this.#extensions.find((one) => one.takes?.(sent, request));
    if (extension && options.results === "as-sent") return sent;
    const result = (await extension?.settle?.(sent, request, this.link)) ?? sent;
    if (row) checkResult(row, this.#facts.revision, result);
    this.#learn(method, params, result);
    // server/utilities/caching: MUST NOT cache what took a retry.
    if (question && rounds === 1) cache.put(question, result, generation);
    return result;
  }

  /** Sends a notification; dropped when the connection is over. */
  notify(method: string, params?: JsonObject): void {
    this.#connection.notify(method, params);
  }

  /** What extensions may do on this connection. */
  get link(): ServerLink {
    return {
      facts: this.#facts,
      tool: (name) => this.tools.get(name),
      request: (method, params, options = {}) =>
        this.request(method, params, { ...options, results: "as-sent" }),
      answer: (method, params, signal) => this.#answers.answer(method, params, signal),
    };
  }

  /** True when this revision has `method` as a message of its own. */
  has(method: string): boolean {
    return rowFor(METHODS, method, this.#facts.revision) !== undefined;
  }

  /** The request by which this era shows that the server is there. */
  get aliveMethod(): string {
    return this.#era.aliveMethod;
  }

  /** Opens a subscription. */
  listen(
    filter: SubscriptionFilter,
    deliver: (change: Change) => void,
    wait: WaitOptions,
  ): Promise<Listening> {
    return this.#listener.listen(filter, deliver, { ...this.#limits(), ...wait });
  }

  /** Drops every kept result: changes may have been missed. */
  forgetKept(): void {
    this.#setup.cache.clear();
  }

  /** Ends the connection. Idempotent. */
  close(): Promise<void> {
    return this.#connection.close();
  }

  get #extensions(): readonly ClientExtension[] {
    return this.#setup.options.extensions ?? [];
  }

  /** The call as extensions want it sent. */
  #prepared(request: ClientRequest): ClientRequest {
    let { params } = request;
    for (const extension of this.#extensions) {
      params = extension.prepare?.({ ...request, params }, this.link) ?? params;
    }
    return { ...request, params };
  }

  async #exchange(
    { method, params, options }: ClientRequest,
    row: RequestRow | undefined,
  ): Promise<{ result: JsonObject; rounds: number }> {
    const { revision } = this.#facts;
    const wait = { ...this.#limits(), ...definite(options) };
    let rounds = 0;
    const result = await this.#era.exchange({
      revision,
      method,
      params: row ? (project(row.params, revision, params) as JsonObject) : params,
      mayAskForInput: row?.mayAskForInput === true,
      otherResults: this.#extensions.flatMap((one) => one.results ?? []),
      answer: (question, asked, signal) => this.#answers.answer(question, asked, signal),
      opensPages: this.#setup.handlers.url !== undefined,
      signal: options.signal
        ? AbortSignal.any([options.signal, this.#ending.signal])
        : this.#ending.signal,
      send: (sent) => {
        rounds++;
        return this.#send(method, sent, wait);
      },
    });
    return { result, rounds };
  }

  /** Sends one request; a second time when it was refused for what this side can put right. */
  async #send(method: string, params: JsonObject, wait: WaitOptions): Promise<JsonObject> {
    try {
      return await this.#connection.request(method, this.#encode(params), wait);
    } catch (error) {
      if (!(await this.#corrects(error, method, wait))) throw error;
    }
    return this.#connection.request(method, this.#encode(params), wait);
  }

  async #corrects(error: unknown, method: string, wait: WaitOptions): Promise<boolean> {
    const mutual = this.#era.mutualRevision(error, this.#setup.options.revision);
    if (mutual) {
      this.#facts = { ...this.#facts, revision: mutual };
      return true;
    }
    const mismatch = error instanceof RpcError && error.code === MCP_ERROR.headerMismatch;
    if (!mismatch || method !== "tools/call") return false;
    // 2026-07-28 basic/transports/streamable-http, client behavior: SHOULD look again which headers the tools want.
    const { signal, timeoutMs } = wait;
    const page = (cursor: string | undefined) =>
      this.request("tools/list", cursor === undefined ? {} : { cursor }, {
        signal,
        timeoutMs,
        cache: "reload",
      });
    for await (const _ of pagesOf(page));
    return true;
  }

  #row(method: string): RequestRow | undefined {
    const { revision, capabilities } = this.#facts;
    const { methods } = this.#setup;
    const row = rowFor(methods, method, revision);
    if (row === undefined && !Object.hasOwn(methods, method)) return undefined;
    if (row?.kind !== "request" || row.from === "server") {
      throw new RpcError(JSON_RPC.methodNotFound, `MCP ${revision} has no request ${method}.`);
    }
    // 2025-11-25 basic/lifecycle: MUST only use capabilities that were negotiated.
    const needed = row.gate?.server;
    if (needed && capabilities && !declares(capabilities, needed)) {
      throw new RpcError(
        JSON_RPC.methodNotFound,
        `The server did not declare "${needed}", which ${method} needs.`,
      );
    }
    return row;
  }

  #cacheQuestion(row: RequestRow | undefined, params: JsonObject): CacheQuestion | undefined {
    if (row?.cacheableSince === undefined || params._meta !== undefined) return undefined;
    if (!within({ since: row.cacheableSince }, this.#facts.revision)) return undefined;
    const partition = this.#setup.options.cachePartition?.() ?? "";
    return { method: row.method, params, partition };
  }

  #learn(method: string, params: JsonObject, result: JsonObject): void {
    if (method === "tools/list") this.tools.learn(params, result);
    if (method === "tools/call") this.tools.check(params, result);
    const learnt = this.#era.learn(this.#facts, method, result);
    if (learnt !== this.#facts) this.#facts = learnt;
  }

  readonly #encode = (params: JsonObject): JsonObject => {
    const { options, handlers, logLevel } = this.#setup;
    return this.#era.encode(params, {
      revision: this.#facts.revision,
      info: options.clientInfo,
      capabilities: handlers.capabilities,
      logLevel,
    });
  };

  #limits(): WaitOptions {
    const { timeoutMs, maxTotalTimeoutMs } = this.#setup.options;
    return { timeoutMs, maxTotalTimeoutMs };
  }
}

/** Options without those that are undefined, which would otherwise hide a default. */
function definite<T extends object>(options: T): Partial<T> {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as Partial<T>;
}
