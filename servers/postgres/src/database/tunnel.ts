import type { Duplex } from "node:stream";
import type { Host } from "./connection-settings.ts";
import { DatabaseError } from "./database.ts";
import type { TunnelSettings } from "./tunnel-settings.ts";

/** A way to the database through another machine. */
export interface Tunnel {
  /** Opens a channel to a host that the other machine sees. */
  readonly channel: (host: Host) => Promise<Duplex>;
  close(): Promise<void>;
}

/** A tunnel as `settings` say. Nothing is connected before its first channel. */
export function openTunnel(_settings: TunnelSettings): Tunnel {
  return {
    channel: () => {
      throw new DatabaseError("unreachable", "SSH tunnels are not there yet.");
    },
    close: async () => {},
  };
}
