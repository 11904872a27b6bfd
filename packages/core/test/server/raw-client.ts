import type { Transport } from "../../src/index.ts";
import type { RequestId } from "../../src/jsonrpc/message.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";

export type Carrier = "memory" | "stdio";

/** A response as it came. */
export interface RawResponse {
  readonly id?: RequestId;
  readonly result?: JsonObject;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

/** A client made of nothing but messages: it sends what a test writes and keeps what comes back. */
export class RawClient {
  readonly transport: Transport;
  /** Everything received that no one took. */
  readonly received: JsonObject[] = [];
  #wake = Promise.withResolvers<void>();
  #lastId = 0;
  #ended = false;

  constructor(transport: Transport) {
    this.transport = transport;
    transport.start({
      message: (value) => {
        this.received.push(value as JsonObject);
        this.#noticed();
      },
      damaged: (error) => {
        this.received.push({ damaged: error.message });
        this.#noticed();
      },
      closed: () => {
        this.#ended = true;
        this.#noticed();
      },
    });
  }

  /** Sends anything at all. */
  send(message: unknown): void {
    this.transport.send(message as never);
  }

  notify(method: string, params?: JsonObject): void {
    this.send({ jsonrpc: "2.0", method, ...(params && { params }) });
  }

  /** The first message, here already or still to come, that `wanted` accepts; it is taken out. */
  async take(wanted: (message: JsonObject) => boolean): Promise<JsonObject> {
    for (;;) {
      const at = this.received.findIndex(wanted);
      if (at >= 0) return this.received.splice(at, 1)[0] as JsonObject;
      if (this.#ended) throw new Error("The connection ended first.");
      await this.#wake.promise;
    }
  }

  /** The next notification of `method`, its params. */
  async notified(method: string): Promise<JsonObject> {
    return (await this.take((message) => message.method === method)).params as JsonObject;
  }

  /** Sends a request and returns its id. */
  begin(method: string, params?: JsonObject): number {
    const id = ++this.#lastId;
    this.send({ jsonrpc: "2.0", id, method, ...(params && { params }) });
    return id;
  }

  /** The response to request `id`. */
  response(id: RequestId): Promise<RawResponse> {
    return this.take((one) => one.id === id && one.method === undefined) as Promise<RawResponse>;
  }

  /** Sends a request and waits for its response. */
  request(method: string, params?: JsonObject): Promise<RawResponse> {
    return this.response(this.begin(method, params));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.transport.close();
  }

  #noticed(): void {
    this.#wake.resolve();
    this.#wake = Promise.withResolvers();
  }
}

/** The metadata a request of 2026-07-28 must carry. */
export function meta(capabilities: JsonObject = {}, more: JsonObject = {}): JsonObject {
  return {
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientCapabilities": capabilities,
    ...more,
  };
}

/** Opens a legacy session. */
export async function initialize(
  client: RawClient,
  protocolVersion: string,
  capabilities: JsonObject = {},
): Promise<RawResponse> {
  const clientInfo = { name: "raw", version: "1" };
  const response = await client.request("initialize", {
    protocolVersion,
    capabilities,
    clientInfo,
  });
  client.notify("notifications/initialized");
  return response;
}

/** One era as a raw client speaks it: how it opens, and what its params carry. */
export interface Era {
  readonly revision: string;
  open(client: RawClient, capabilities?: JsonObject): Promise<void>;
  params(params?: JsonObject, capabilities?: JsonObject): JsonObject;
}

/** Both eras, each in its newest revision. */
export const eras: readonly Era[] = [
  {
    revision: "2025-11-25",
    async open(client, capabilities) {
      await initialize(client, "2025-11-25", capabilities);
    },
    params: (params = {}) => params,
  },
  {
    revision: "2026-07-28",
    open: async () => {},
    params: (params = {}, capabilities = {}) => {
      const _meta = { ...meta(capabilities), ...(params._meta as JsonObject) };
      return { ...params, _meta };
    },
  },
];
