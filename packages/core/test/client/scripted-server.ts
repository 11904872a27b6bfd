import type { JsonRpcMessage } from "../../src/jsonrpc/message.ts";
import { errorResponse, methodNotFound, RpcError } from "../../src/jsonrpc/rpc-error.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { memoryPair } from "../../src/transport/memory.ts";
import type { Transport } from "../../src/transport/transport.ts";

/** What a server answers to one method: a result, an error it throws, or nothing at all. */
export type Reply = (params: JsonObject, server: ScriptedServer, id: number) => unknown;
export type Script = Readonly<Record<string, Reply>>;

interface Seen {
  readonly id?: number;
  readonly method?: string;
  readonly params?: JsonObject;
  readonly result?: JsonObject;
  readonly error?: { readonly code: number; readonly message: string };
}

/** A hand-written server on the other end of an in-memory connection: it says what its script says. */
export class ScriptedServer {
  /** The client's end. */
  readonly transport: Transport;
  /** Everything the client sent, in order; arrays as they came. */
  readonly seen: Seen[] = [];
  readonly #end: Transport;
  readonly #script: Script;
  #waiting: (() => void)[] = [];
  #lastId = 0;
  closed = false;

  constructor(script: Script) {
    this.#script = script;
    [this.transport, this.#end] = memoryPair();
    this.#end.start({
      message: (value) => this.#take(value as Seen),
      damaged() {},
      closed: () => {
        this.closed = true;
        this.#noticed();
      },
    });
  }

  /** Sends anything at all, well-formed or not. */
  send(value: unknown): void {
    this.#end.send(value as JsonRpcMessage);
  }

  notify(method: string, params: JsonObject = {}): void {
    this.send({ jsonrpc: "2.0", method, params });
  }

  /** Asks the client something, and resolves with its whole answer. */
  async ask(method: string, params: JsonObject = {}): Promise<Seen> {
    const id = 9000 + ++this.#lastId;
    this.send({ jsonrpc: "2.0", id, method, params });
    return this.until(() => this.seen.find((each) => each.id === id && each.method === undefined));
  }

  /** Resolves with what `find` finds, as soon as the client has sent it. */
  async until<T>(find: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = find();
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  /** The requests and notifications of one method so far. */
  got(method: string): JsonObject[] {
    return this.seen.filter((each) => each.method === method).map(({ params = {} }) => params);
  }

  /** Resolves when the client has sent `count` messages of `method`. */
  received(method: string, count = 1): Promise<JsonObject[]> {
    return this.until(() => this.got(method).length >= count && this.got(method));
  }

  /** Goes away without a word. */
  crash(): Promise<void> {
    return this.#end.close();
  }

  #take(message: Seen): void {
    this.seen.push(message);
    this.#noticed();
    const { id, method, params = {} } = message;
    if (method === undefined || id === undefined) return;
    void this.#answer(id, method, params);
  }

  async #answer(id: number, method: string, params: JsonObject): Promise<void> {
    try {
      const reply = this.#script[method];
      if (reply === undefined) throw methodNotFound(method);
      const result = await reply(params, this, id);
      if (result !== undefined) this.send({ jsonrpc: "2.0", id, result });
    } catch (error) {
      this.send(errorResponse(error as RpcError, id));
    }
  }

  #noticed(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

const everything = {
  tools: { listChanged: true },
  prompts: { listChanged: true },
  resources: { listChanged: true, subscribe: true },
  logging: {},
  completions: {},
};

/** The script of a legacy server that has nothing but a handshake, with `more` added. */
export function legacy(more: Script = {}, revision = "2025-11-25"): Script {
  return {
    initialize: () => ({
      protocolVersion: revision,
      capabilities: everything,
      serverInfo: { name: "old", version: "1" },
      instructions: "Be kind.",
    }),
    ping: () => ({}),
    ...more,
  };
}

/** The script of a modern server that can only be discovered, with `more` added. */
export function modern(more: Script = {}): Script {
  return {
    "server/discover": () => ({
      resultType: "complete",
      supportedVersions: ["2026-07-28"],
      capabilities: everything,
      instructions: "Be brief.",
      ttlMs: 0,
      cacheScope: "private",
      _meta: { "io.modelcontextprotocol/serverInfo": { name: "new", version: "2" } },
    }),
    ...more,
  };
}

export const host = { clientInfo: { name: "host", version: "3" } };

export { RpcError };
