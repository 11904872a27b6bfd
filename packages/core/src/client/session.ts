import { CLIENT_ERAS, type EraChoice, meet } from "../era/client-choose.ts";
import type { ClientEra, Listener, Listening, ServerFacts } from "../era/client-era.ts";
import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import type { Change } from "../kernel/changes.ts";
import type { ConnectionClosed, WaitOptions } from "../kernel/pending.ts";
import {
  declares,
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
import { Inbound } from "./inbound.ts";
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
    const { result, rounds } = await this.#exchange(method, params, options, row);
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

  /** Ends the connection. Idempotent. */
  close(): Promise<void> {
    return this.#connection.close();
  }

  async #exchange(
    method: string,
    params: JsonObject,
    options: RequestOptions,
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
      answer: (question, asked, signal) => this.#answers.answer(question, asked, signal),
      opensPages: this.#setup.handlers.url !== undefined,
      signal: options.signal
        ? AbortSignal.any([options.signal, this.#ending.signal])
        : this.#ending.signal,
      send: (sent) => {
        rounds++;
        return this.#connection.request(method, this.#encode(sent), wait);
      },
    });
    return { result, rounds };
  }

  #row(method: string): RequestRow | undefined {
    const { revision, capabilities } = this.#facts;
    const row = rowFor(METHODS, method, revision);
    if (row === undefined && !Object.hasOwn(METHODS, method)) return undefined;
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
