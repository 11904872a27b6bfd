import { CallLimit } from "../kernel/call-limit.ts";
import type { ServerDefinition } from "../server/definition.ts";
import { reporter } from "../server/dispatch.ts";
import { atTime } from "../transport/at-time.ts";
import {
  type UpgradeOptions,
  type UpgradeSource,
  Upgrades,
} from "../transport/websocket/upgrades.ts";
import { EXPIRED_GRACE_MS, type ServeOptions, type Serving, serveWithin } from "./serve.ts";

/** How a definition is served by WebSocket. */
export interface WebSocketOptions extends UpgradeOptions, Omit<ServeOptions, "principal"> {
  /** Calls that run at once, of all connections together, open listen streams included. Default 30,000. */
  readonly calls?: number;
  /** Hears why a connection ended that did not end plainly: broken, silent, or too slow. Default: nobody. */
  readonly onCut?: (reason: Error) => void;
}

/** A definition that is served by WebSocket. */
export interface WebSocketServing {
  /** How many connections are open. */
  readonly connections: number;
  /**
   * Refuses new connections and new calls, lets running calls finish within `graceMs` (default 0), then closes
   * every connection and gives the HTTP server back. Idempotent: the first call decides.
   */
  close(graceMs?: number): Promise<void>;
}

/**
 * Serves `definition` to every client that opens a WebSocket on an HTTP server of Node, in both eras. The HTTP
 * server stays the caller's: it may answer other requests, and is not closed. Needs the package ws.
 *
 * Who connects is established once, when the socket opens, and counts until it closes: at the latest when that expires.
 */
export function webSocketServer(
  definition: ServerDefinition,
  server: UpgradeSource,
  options: WebSocketOptions = {},
): WebSocketServing {
  const { onCut, calls = 30_000 } = options;
  const limit = new CallLimit(calls);
  const open = new Set<Serving>();
  const upgrades = new Upgrades(server, options, {
    failed: reporter(options),
    connected(transport, { principal, expiresAt }) {
      const own = { ...options, ...(principal && { principal }) };
      const serving = serveWithin(limit, definition, transport, own);
      const expire = () => {
        onCut?.(new Error("The token that opened the connection expired; it was closed."));
        void serving.close(EXPIRED_GRACE_MS);
      };
      const callOff = expiresAt === undefined ? undefined : atTime(expiresAt, expire);
      open.add(serving);
      void serving.done.then((reason) => {
        callOff?.();
        open.delete(serving);
        if (reason) onCut?.(reason);
      });
    },
  });
  const end = async (graceMs?: number) => {
    upgrades.stop();
    await Promise.all([...open].map((serving) => serving.close(graceMs)));
    upgrades.detach();
  };
  let closing: Promise<void> | undefined;
  return {
    get connections() {
      return upgrades.open;
    },
    close(graceMs) {
      closing ??= end(graceMs);
      return closing;
    },
  };
}
