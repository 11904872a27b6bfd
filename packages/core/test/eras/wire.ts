import { memoryPair, type ServeOptions, type ServerDefinition, serve } from "../../src/index.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";

/** A client made of nothing but messages: it sends what a test writes and keeps what comes back. */
export class Wire {
  readonly received: JsonObject[] = [];
  readonly #transport = memoryPair();
  #waiting: (() => void)[] = [];
  #id = 0;
  ended = false;

  constructor(definition: ServerDefinition, options?: ServeOptions) {
    const [ours, theirs] = this.#transport;
    ours.start({
      message: (value) => {
        this.received.push(value as JsonObject);
        this.#wake();
      },
      damaged: () => {},
      closed: () => {
        this.ended = true;
        this.#wake();
      },
    });
    serve(definition, theirs, options);
  }

  /** Sends anything at all, as it is. */
  send(message: unknown): void {
    this.#transport[0].send(message as never);
  }

  /** The first message, sent already or still to come, that `wanted` accepts; it is taken out. */
  async take(wanted: (message: JsonObject) => boolean): Promise<JsonObject> {
    for (;;) {
      const at = this.received.findIndex(wanted);
      if (at >= 0) return this.received.splice(at, 1)[0] as JsonObject;
      if (this.ended) throw new Error("The connection ended first.");
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  /** Sends a request as it is and waits for its response. */
  async raw(method: string, params?: JsonObject): Promise<JsonObject> {
    const id = ++this.#id;
    this.send({ jsonrpc: "2.0", id, method, ...(params && { params }) });
    return this.take((message) => message.id === id && message.method === undefined);
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }

  close(): Promise<void> {
    return this.#transport[0].close();
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
  wire: Wire,
  protocolVersion: string,
  capabilities: JsonObject = {},
): Promise<JsonObject> {
  const clientInfo = { name: "test", version: "1" };
  const response = await wire.raw("initialize", { protocolVersion, capabilities, clientInfo });
  wire.send({ jsonrpc: "2.0", method: "notifications/initialized" });
  return response.result as JsonObject;
}
