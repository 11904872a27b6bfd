import type { Duplex } from "node:stream";
import type { ConnectionOptions } from "node:tls";
import type { Host } from "./connection-settings.ts";
import type { Wire, WireClient } from "./wire.ts";

/** Milliseconds a cancel may take to reach the server. */
const CANCEL_MS = 5_000;

/** The way the connection was made whose statement is to be cancelled. */
export interface CancelRoute {
  readonly host: Host;
  readonly ssl: false | ConnectionOptions;
  readonly negotiation: "postgres" | "direct";
  readonly stream: Duplex | undefined;
}

/**
 * Asks the server to cancel what `client` runs, on a connection of its own and under TLS where that one is. Resolves
 * when the server has closed it, which it does once the signal is on its way: what is sent after that is not hit.
 * @throws when the server cannot be reached
 */
export async function requestCancel(client: WireClient, route: CancelRoute): Promise<void> {
  const { default: pg } = await import("pg");
  const { host, ssl, negotiation, stream } = route;
  const wire = new pg.Connection({
    ssl,
    sslNegotiation: negotiation,
    ...(stream && { stream }),
  } as object) as unknown as Wire;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let isSent = false;
  const cancel = () => {
    isSent = true;
    wire.cancel(client.processID, client.secretKey);
  };
  wire.on("connect", () => {
    if (!ssl) return cancel();
    if (negotiation !== "direct") wire.requestSsl();
  });
  wire.on("sslconnect", cancel);
  wire.on("end", resolve);
  wire.on("error", (error) => (isSent ? resolve() : reject(error)));
  const timer = setTimeout(() => reject(new Error("timeout")), CANCEL_MS);
  try {
    if (host.host.startsWith("/")) wire.connect(`${host.host}/.s.PGSQL.${host.port}`);
    else wire.connect(host.port, host.host);
    await promise;
  } finally {
    clearTimeout(timer);
    wire.stream.destroy();
  }
}
