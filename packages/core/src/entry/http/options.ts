import type { DispatchOptions } from "../../server/dispatch.ts";
import type { Authenticator, HttpRoute } from "../../transport/http/head.ts";
import type { SiteRules } from "../../transport/http/origins.ts";

/** Bounds on what clients may make a server hold. */
export interface HttpLimits {
  /** Longest request body in bytes. Default 16 MiB. */
  readonly bodyBytes: number;
  /** Bytes of all bodies together: those on their way in, and those of calls that run. Default 128 MiB. */
  readonly heldBytes: number;
  /** Deepest nesting of arrays and objects in a message. Default 256. */
  readonly depth: number;
  /** Calls that run at once, in sessions and out of them; open listen streams are no calls. Default 10,000. */
  readonly calls: number;
  /** Event streams that are open at once. Default 20,000. */
  readonly streams: number;
  /** Bytes that may wait for a client that reads too slowly; then its stream is cut. Default 1 MiB. */
  readonly backlogBytes: number;
  /** Sessions of clients older than 2026-07-28. Default 10,000. */
  readonly sessions: number;
  /** Sessions of one authenticated caller. Default 100. */
  readonly sessionsPerPrincipal: number;
  /** Milliseconds after which a session nobody uses ends. Default 30 minutes. */
  readonly sessionIdleMs: number;
  /** Milliseconds between signs of life on a quiet stream. Default 15 seconds. */
  readonly keepAliveMs: number;
}

const MINUTE_MS = 60_000;

/** The bounds that hold where none are given. */
export const HTTP_LIMITS: HttpLimits = {
  bodyBytes: 16 * 1024 * 1024,
  heldBytes: 128 * 1024 * 1024,
  depth: 256,
  calls: 10_000,
  streams: 20_000,
  backlogBytes: 1024 * 1024,
  sessions: 10_000,
  sessionsPerPrincipal: 100,
  sessionIdleMs: 30 * MINUTE_MS,
  keepAliveMs: 15_000,
};

/** How a definition is served over HTTP. */
export interface HttpOptions extends DispatchOptions, SiteRules {
  /**
   * Path of the endpoint; beside it lie `sse` and `messages` for clients of 2024-11-05. Without one every path is
   * the endpoint but those that end so: whoever mounts the handler routes.
   */
  readonly path?: string;
  /** Establishes who calls. Without one everybody may. */
  readonly authenticator?: Authenticator;
  /** Answers on the same server what is not MCP, first one first. */
  readonly routes?: readonly HttpRoute[];
  readonly limits?: Partial<HttpLimits>;
  /** Hears why a client was cut off. Default: `console.warn`. */
  readonly onCut?: (reason: string) => void;
}

/** What is open right now, for metrics. */
export interface HttpCounts {
  /** Calls that run; open listen streams are none. */
  readonly calls: number;
  /** Sessions of clients older than 2026-07-28. */
  readonly sessions: number;
  /** Event streams. */
  readonly streams: number;
}
