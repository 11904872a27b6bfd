import { createServer } from "node:http";
import type { Metrics } from "@portico/core/middleware/metrics";
import { ConfigError } from "./config-error.ts";

/** Where Prometheus asks for what was counted. */
export interface MetricsEndpoint {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Answers `GET /metrics` at a port of its own, which is not shown to clients: whoever reads it learns what is called.
 * @param port 0 for any that is free
 * @throws {ConfigError} when the port cannot be used
 */
export async function serveMetrics(
  { route }: Metrics,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<MetricsEndpoint> {
  const server = createServer(async ({ method = "", url: target = "" }, response) => {
    const answer = await route({ method, target, origin: "", header: () => undefined });
    response.writeHead(answer?.status ?? 404, answer?.headers);
    response.end(answer?.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, host, resolve);
  }).catch(({ code }: NodeJS.ErrnoException) => {
    const message = `Cannot listen on ${host} port ${port} for metrics (${code}).`;
    throw new ConfigError(message, { setting: "metrics-port", value: "0" });
  });
  const address = server.address();
  const taken = typeof address === "object" && address ? address.port : port;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${taken}/metrics`,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
