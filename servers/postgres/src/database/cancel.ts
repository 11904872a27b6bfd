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
  /** Opens a channel to the host where it is reached through another machine. */
  readonly tunnel: ((host: Host) => Promise<Duplex>) | undefined;
}

/**
 * Asks the server to cancel what `client` runs, on a connection of its own and under TLS where that one is. Resolves
 * when the server has closed it, which it does once the signal is on its way: what is sent after that is not hit.
 * @throws when the server cannot be reached
 */
export async function requestCancel(client: WireClient, route: CancelRoute): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new Error("timeout")), CANCEL_MS);
  let wire: Wire | undefined;
  try {
    const opened = open(route).then((opening) => {
      wire = opening;
      send(wire, client, route, { resolve, reject });
    });
    opened.catch(reject);
    await promise;
  } finally {
    clearTimeout(timer);
    wire?.stream.destroy();
  }
}

async function open({ host, ssl, negotiation, tunnel }: CancelRoute): Promise<Wire> {
  const [{ default: pg }, stream] = await Promise.all([import("pg"), tunnel?.(host)]);
  const settings = { ssl, sslNegotiation: negotiation, ...(stream && { stream }) };
  return new pg.Connection(settings as object) as unknown as Wire;
}

function send(
  wire: Wire,
  { processID, secretKey }: WireClient,
  { host, ssl, negotiation }: CancelRoute,
  { resolve, reject }: { resolve: () => void; reject: (error: unknown) => void },
): void {
  let isSent = false;
  const cancel = () => {
    isSent = true;
    wire.cancel(processID, secretKey);
  };
  wire.on("connect", () => {
    if (!ssl) cancel();
    else if (negotiation !== "direct") wire.requestSsl();
  });
  wire.on("sslconnect", cancel);
  wire.on("end", resolve);
  wire.on("error", (error) => (isSent ? resolve() : reject(error)));
  if (host.host.startsWith("/")) wire.connect(`${host.host}/.s.PGSQL.${host.port}`);
  else wire.connect(host.port, host.host);
}
