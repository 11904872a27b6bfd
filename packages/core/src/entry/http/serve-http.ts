import type { ServerDefinition } from "../../server/definition.ts";
import {
  type IncomingMessage,
  NodeExchange,
  type ServerResponse,
} from "../../transport/http/node-exchange.ts";
import { type Listening, type ListenOptions, listen } from "../../transport/http/node-listener.ts";
import { allSent } from "../../transport/http/node-outbox.ts";
import { nodeSessionId } from "../../transport/http/node-session-id.ts";
import { HttpEndpoint } from "./endpoint.ts";
import type { HttpCounts, HttpOptions } from "./options.ts";

/** A definition as a listener of `node:http`, to mount in a server or framework that is there already. */
export interface NodeHandler {
  (request: IncomingMessage, response: ServerResponse): void;
  /** What is open right now. */
  readonly counts: HttpCounts;
  /** As `HttpHandler.close`. */
  close(graceMs?: number): Promise<void>;
}

/** Makes the listener of a definition. A body that a framework parsed already is taken from `request.body`. */
export function nodeHandler(definition: ServerDefinition, options: HttpOptions = {}): NodeHandler {
  const endpoint = new HttpEndpoint(definition, options, nodeSessionId);
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    void endpoint.handle(new NodeExchange(request, response));
  };
  return Object.defineProperties(handle as NodeHandler, {
    counts: { get: () => endpoint.counts },
    close: { value: (graceMs?: number) => endpoint.close(graceMs).then(allSent) },
  });
}

/** How a definition is served by a server of its own. */
export interface ServeHttpOptions extends HttpOptions, ListenOptions {}

/** What is open right now, and what went over the wire since the server began. */
export interface HttpServingCounts extends HttpCounts {
  /** With headers and encryption; WebSockets on the same server included. */
  readonly bytesReceived: number;
  /** As `bytesReceived`. */
  readonly bytesSent: number;
}

/** A server that serves one definition. */
export interface HttpServing {
  /** The address of the endpoint. */
  readonly url: string;
  /** The HTTP server itself, to serve WebSockets on it as well. Close those first. */
  readonly server: Listening["server"];
  /** For metrics. */
  readonly counts: HttpServingCounts;
  /** Resolves once the server is closed. */
  readonly done: Promise<void>;
  /**
   * Refuses new calls, ends listen streams with their result, lets running calls finish within `graceMs`
   * (default 0), aborts the rest, ends every session and closes the server. Idempotent: the first call decides.
   */
  close(graceMs?: number): Promise<void>;
}

/**
 * Serves `definition` at `http://127.0.0.1:<port>/mcp`, or as `options` say.
 * @throws {Error} when the address cannot be bound
 */
export async function serveHttp(
  definition: ServerDefinition,
  options: ServeHttpOptions = {},
): Promise<HttpServing> {
  const { path = "/mcp", host = "127.0.0.1", tls } = options;
  const allowedHosts = [...nameOf(host), ...(options.allowedHosts ?? [])];
  const handler = nodeHandler(definition, { ...options, path, allowedHosts });
  const listening = await listen(handler, options);
  const authority = `${listening.host.includes(":") ? `[${listening.host}]` : listening.host}:${listening.port}`;
  let closing: Promise<void> | undefined;
  return {
    url: `${tls ? "https" : "http"}://${authority}${path}`,
    server: listening.server,
    get counts() {
      const { received, sent } = listening.traffic;
      return { ...handler.counts, bytesReceived: received, bytesSent: sent };
    },
    done: listening.done,
    close(graceMs) {
      closing ??= handler.close(graceMs).then(() => listening.close());
      return closing;
    },
  };
}

/** The name a server bound to one address is called by; one bound to all has none. */
function nameOf(host: string): string[] {
  if (host === "0.0.0.0" || host === "::") return [];
  return [host.includes(":") ? `[${host}]` : host];
}
