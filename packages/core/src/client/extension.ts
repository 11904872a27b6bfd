import type { ServerFacts } from "../era/client-era.ts";
import { type ClientCapabilities, METHODS, type Methods, type Tool } from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import type { RequestOptions } from "./options.ts";

/** What an extension may do on the connection in use. */
export interface ServerLink {
  readonly facts: ServerFacts;
  /** What the server last listed of a tool; nothing when it was not listed. */
  tool(name: unknown): Tool | undefined;
  /** Makes a call whose result is given back as it came, of whatever kind. @throws what `Client.request` throws */
  request(method: string, params: JsonObject, options?: RequestOptions): Promise<JsonObject>;
  /** Answers a question of the server through the host's handlers. @throws {RpcError} when it cannot be asked that */
  answer(method: string, params: JsonObject, signal: AbortSignal): Promise<JsonObject>;
}

/** One call as the host made it. */
export interface ClientRequest {
  readonly method: string;
  readonly params: JsonObject;
  readonly options: RequestOptions;
}

/**
 * An extension of the protocol as a value, for clients. Only `id` is needed, which declares that the client
 * supports it.
 */
export interface ClientExtension {
  /** With a prefix, such as `com.example/reindexing`. */
  readonly id: string;
  /** What stands under the identifier in the client's capabilities. Default: nothing, `{}`. */
  readonly settings?: JsonObject;
  /** Rows it adds to the registry, or puts in the place of the protocol's own. */
  readonly rows?: Methods;
  /** The kinds of result it has, as `resultType` names them. */
  readonly results?: readonly string[];
  /** Changes what a call says before it is sent; gives back its params. */
  prepare?(request: ClientRequest, server: ServerLink): JsonObject;
  /** Whether a result is of one of its kinds. */
  takes?(result: JsonObject, request: ClientRequest): boolean;
  /** Takes a result of one of its kinds to the one that was called for. */
  settle?(result: JsonObject, request: ClientRequest, server: ServerLink): Promise<JsonObject>;
}

/** The client's capabilities with the extensions it declares. */
export function declaring(
  capabilities: ClientCapabilities,
  extensions: readonly ClientExtension[],
): ClientCapabilities {
  if (extensions.length === 0) return capabilities;
  const settings = extensions.map(({ id, settings: own = {} }) => [id, own] as const);
  return { ...capabilities, extensions: Object.fromEntries(settings) };
}

/** The registry of a client with these extensions. */
export function clientRows(extensions: readonly ClientExtension[]): Methods {
  const rows = extensions.map((extension) => extension.rows ?? {});
  return rows.length === 0 ? METHODS : Object.assign({}, METHODS, ...rows);
}
