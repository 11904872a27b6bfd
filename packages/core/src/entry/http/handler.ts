import type { ServerDefinition } from "../../server/definition.ts";
import { FetchExchange } from "../../transport/http/fetch-exchange.ts";
import { HttpEndpoint } from "./endpoint.ts";
import type { HttpCounts, HttpOptions } from "./options.ts";

/** A definition served by whatever calls `fetch`. */
export interface HttpHandler {
  /** Answers one request. Needs no `this`; never rejects. */
  readonly fetch: (request: Request) => Promise<Response>;
  /** What is open right now. */
  readonly counts: HttpCounts;
  /**
   * Refuses new calls, ends listen streams with their result, lets running calls finish within `graceMs`
   * (default 0), aborts the rest and ends every session. Idempotent: the first call decides.
   */
  close(graceMs?: number): Promise<void>;
}

/**
 * Serves `definition` over HTTP through the Fetch API: on Bun, Deno and workers, and mounted in frameworks built on it.
 * Clients of every revision use one address. On Node, `serveHttp` of `@portico/core/node` is faster.
 */
export function httpHandler(definition: ServerDefinition, options: HttpOptions = {}): HttpHandler {
  const endpoint = new HttpEndpoint(definition, options);
  return {
    fetch(request) {
      const exchange = new FetchExchange(request);
      void endpoint.handle(exchange);
      return exchange.response;
    },
    get counts() {
      return endpoint.counts;
    },
    close: (graceMs) => endpoint.close(graceMs),
  };
}
