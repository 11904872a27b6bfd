import {
  isObject,
  type JsonRpcMessage,
  type JsonRpcRequest,
  type RequestId,
} from "../jsonrpc/message.ts";
import { errorResponse, JSON_RPC, methodNotFound, RpcError } from "../jsonrpc/rpc-error.ts";
import {
  isModern,
  LATEST_REVISION,
  META,
  type Revision,
  type ServerCapabilities,
} from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import { memoryPair } from "../transport/memory.ts";
import type { Transport } from "../transport/transport.ts";

/**
 * What a mock server answers to one method: a result, an error it throws, or nothing at all for a server
 * that leaves its client waiting.
 */
export type MockReply = (
  params: JsonObject,
  request: JsonRpcRequest,
) => object | undefined | Promise<object | undefined>;

/** What a mock server is. */
export interface MockServerOptions {
  /** The revision it speaks; it opens as that revision does. Default: the newest. */
  readonly revision?: Revision;
  /** What it declares. Default: tools, prompts and resources without any change. */
  readonly capabilities?: ServerCapabilities;
  /** What it answers, by method; also in place of the opening it has by itself. */
  readonly replies?: Readonly<Record<string, MockReply>>;
}

/**
 * A server for testing clients: it answers what it is told to, right or wrong, and remembers everything it
 * was sent. Nothing it answers is checked.
 */
export class MockServer {
  /** The client's end of the connection; hand it to `connect`. */
  readonly transport: Transport;
  /** Every message from the client, in order. */
  readonly received: JsonObject[] = [];
  readonly #end: Transport;
  readonly #replies: Readonly<Record<string, MockReply>>;
  #news = Promise.withResolvers<void>();
  #lastId = 0;
  #closed = false;

  constructor({ revision = LATEST_REVISION, capabilities, replies }: MockServerOptions = {}) {
    const declared = capabilities ?? { tools: {}, prompts: {}, resources: {} };
    this.#replies = { ...opening(revision, declared), ...replies };
    [this.transport, this.#end] = memoryPair();
    this.#end.start({
      message: (value) => this.#take(value),
      damaged: (error) => this.send(errorResponse(error)),
      closed: () => {
        this.#closed = true;
        this.#tell();
      },
    });
  }

  /** Sends anything at all, well-formed or not. */
  send(message: unknown): void {
    this.#end.send(message as JsonRpcMessage);
  }

  /** Sends a notification. */
  notify(method: string, params: JsonObject = {}): void {
    this.send({ jsonrpc: "2.0", method, params });
  }

  /** Sends a request to the client, as servers of a legacy revision may, and resolves with the whole response. */
  async ask(method: string, params: JsonObject = {}): Promise<JsonObject> {
    const id = `mock-${++this.#lastId}`;
    this.send({ jsonrpc: "2.0", id, method, params });
    return this.#until(() => this.received.find((one) => one.id === id && !("method" in one)));
  }

  /**
   * The params of the client's messages of `method`, as soon as there are `count`.
   * @throws {Error} when the client goes away before
   */
  async got(method: string, count = 1): Promise<JsonObject[]> {
    const all = () => this.received.filter((one) => one.method === method);
    await this.#until(() => all().length >= count || undefined);
    return all().map(({ params }) => (isObject(params) ? params : {}));
  }

  /** Ends the connection without a word, as a crash would. */
  close(): Promise<void> {
    return this.#end.close();
  }

  #take(value: unknown): void {
    for (const message of Array.isArray(value) ? value : [value]) {
      if (!isObject(message)) continue;
      this.received.push(message);
      const { id, method } = message;
      if (typeof method === "string" && id !== undefined) {
        void this.#answer(message as unknown as JsonRpcRequest);
      }
    }
    this.#tell();
  }

  async #answer(request: JsonRpcRequest): Promise<void> {
    const { id, method, params = {} } = request;
    try {
      const reply = Object.hasOwn(this.#replies, method) ? this.#replies[method] : undefined;
      if (reply === undefined) throw methodNotFound(method);
      const result = await reply(params, request);
      if (result !== undefined) this.send({ jsonrpc: "2.0", id, result });
    } catch (error) {
      this.send(errorResponse(asRpcError(error), id as RequestId));
    }
  }

  async #until<T>(find: () => T | undefined): Promise<T> {
    for (;;) {
      const found = find();
      if (found !== undefined) return found;
      if (this.#closed) throw new Error("The client went away before it sent what was waited for.");
      await this.#news.promise;
    }
  }

  #tell(): void {
    this.#news.resolve();
    this.#news = Promise.withResolvers();
  }
}

function asRpcError(error: unknown): RpcError {
  if (error instanceof RpcError) return error;
  return new RpcError(JSON_RPC.internalError, error instanceof Error ? error.message : "Failed.");
}

const INFO = { name: "mock", version: "1.0.0" };

/** How a server of `revision` lets itself be met. */
function opening(
  revision: Revision,
  capabilities: ServerCapabilities,
): Readonly<Record<string, MockReply>> {
  if (isModern(revision)) {
    return {
      "server/discover": () => ({
        resultType: "complete",
        supportedVersions: [revision],
        capabilities,
        ttlMs: 0,
        cacheScope: "private",
        _meta: { [META.serverInfo]: INFO },
      }),
    };
  }
  return {
    initialize: () => ({ protocolVersion: revision, capabilities, serverInfo: INFO }),
    ping: () => ({}),
  };
}
