import type { Principal } from "../kernel/call.ts";
import type { ServerDefinition } from "../server/definition.ts";
import type { DispatchOptions } from "../server/dispatch.ts";
import type { Transport } from "../transport/transport.ts";
import { ServerConnection } from "./server-connection.ts";

/** How one connection is served. */
export interface ServeOptions extends DispatchOptions {
  /** Who is at the other end, where the transport knows. */
  readonly principal?: Principal;
}

/** A connection that is being served. */
export interface Serving {
  /** Resolves once the connection is over, with the reason when it was not a plain end. */
  readonly done: Promise<Error | undefined>;
  /** Ends subscriptions, aborts running calls and closes the connection. Idempotent. */
  close(): Promise<void>;
}

/**
 * Serves `definition` to the client at the other end of `transport`, whichever revision it speaks: a
 * request with its own metadata is answered as 2026-07-28 has it, `initialize` opens a session of an
 * older one (basic/versioning: dual-era servers). Any number of connections may share a definition.
 */
export function serve(
  definition: ServerDefinition,
  transport: Transport,
  options: ServeOptions = {},
): Serving {
  const connection = new ServerConnection(definition, transport, options);
  transport.start(connection);
  return connection;
}
