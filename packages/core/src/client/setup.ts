import type { LoggingLevel, Methods } from "../protocol/index.ts";
import type { ResponseCache } from "./cache.ts";
import type { Handlers } from "./handlers.ts";
import type { ConnectOptions } from "./options.ts";
import type { Visits } from "./visits.ts";

/** What belongs to a client, not to one of its connections: it outlives a restart of the server. */
export interface Setup {
  readonly options: ConnectOptions;
  readonly handlers: Handlers;
  /** The protocol's rows, with those of the client's extensions. */
  readonly methods: Methods;
  readonly cache: ResponseCache;
  readonly visits: Visits;
  /** The log level asked for last. */
  logLevel?: LoggingLevel | undefined;
}
