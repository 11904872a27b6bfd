import type { CallLimit } from "../kernel/call-limit.ts";
import type { ServerDefinition } from "../server/definition.ts";
import type { Transport } from "../transport/transport.ts";
import { HeldBack } from "./held-back.ts";
import { type ServeOptions, ServerConnection, type Serving } from "./server-connection.ts";

export type { ServeOptions, Serving };

/** How long, in milliseconds, running calls may take to finish once the token that let their connection in expired. */
export const EXPIRED_GRACE_MS = 10_000;

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
  return serveWithin(undefined, definition, transport, options);
}

/** The same under a limit on calls that other connections share. */
export function serveWithin(
  limit: CallLimit | undefined,
  definition: ServerDefinition,
  transport: Transport,
  options: ServeOptions,
): Serving {
  const connection = new ServerConnection(definition, transport, options, limit);
  transport.start(new HeldBack(transport, connection));
  return connection;
}
