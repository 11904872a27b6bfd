import type { HttpRoute, ServerDefinition } from "@portico/core";
import type { Metrics } from "@portico/core/middleware/metrics";
import { type HttpServing, serveHttp } from "@portico/core/node";
import { webSocketServer } from "@portico/core/websocket";
import { ConfigError } from "./config-error.ts";
import { urlHostEntry } from "./host-entry.ts";
import { type HttpPlan, isLoopback, readHttpSettings } from "./http-settings.ts";
import type { Logger } from "./log.ts";
import { serveMetrics } from "./metrics.ts";
import type { BeginServing, Running, Surroundings } from "./transports.ts";

/** How long, in milliseconds, running calls may take to finish once the server was told to stop. */
const GRACE_MS = 10_000;

/**
 * Prepares to serve over HTTP: Streamable HTTP of both eras, HTTP+SSE of 2024-11-05 and WebSocket at one address.
 * @param metrics counts the calls, where somebody asks for the counts
 * @throws {ConfigError} when a setting does not fit
 */
export async function openHttp(
  { name, options, log }: Surroundings,
  metrics: Metrics | undefined,
): Promise<BeginServing> {
  const plan = await readHttpSettings(options);
  const { "metrics-port": port = 0 } = options;
  const measured = metrics && (await serveMetrics(metrics, { host: plan.host, port }));
  if (measured) log.notice(`Metrics are at ${measured.url}.`);
  return async (definition) => {
    let stopping = false;
    const running = await listen(definition, { ...plan, metrics }, log, () => !stopping);
    announce(name, plan, running.url, log);
    return {
      graceMs: GRACE_MS,
      done: running.done,
      async close(graceMs) {
        stopping = true;
        await running.close(graceMs);
        await measured?.close();
      },
    };
  };
}

async function listen(
  definition: ServerDefinition,
  { metrics, ...plan }: HttpPlan & { readonly metrics: Metrics | undefined },
  log: Logger,
  isReady: () => boolean,
): Promise<Running & { readonly url: string }> {
  const onError = (error: unknown, reference: string) =>
    log.error(`Unexpected error ${reference}.`, { error });
  const middleware = metrics ? [metrics.middleware] : [];
  const options = {
    ...plan,
    middleware,
    routes: [healthRoute(isReady)],
    onError,
    onCut: (reason: string) => log.warning(reason),
  };
  const http = await bind(definition, options);
  const sockets = webSocketServer(definition, http.server, {
    ...plan,
    middleware,
    onError,
    onCut: ({ message }) => log.info(message),
  });
  metrics?.watch(() => {
    const { sessions, ...counts } = http.counts;
    return { ...counts, sessions: sessions + sockets.connections };
  });
  return {
    url: http.url,
    done: http.done.then(() => undefined),
    async close(graceMs) {
      await Promise.all([sockets.close(graceMs), http.close(graceMs)]);
    },
  };
}

async function bind(
  definition: ServerDefinition,
  options: Parameters<typeof serveHttp>[1] & HttpPlan,
): Promise<HttpServing> {
  try {
    return await serveHttp(definition, options);
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    if (message.startsWith("Cannot listen")) {
      throw new ConfigError(message, { setting: "port", value: "0" });
    }
    if (!options.tls || !code?.startsWith("ERR_OSSL")) throw error;
    throw new ConfigError(`The certificate and its key cannot be used (${code}).`, {
      setting: "tls-cert",
      value: "PATH",
    });
  }
}

/** Tells an orchestrator that the process lives, and whether it takes new calls. */
function healthRoute(isReady: () => boolean): HttpRoute {
  const headers = { "Content-Type": "text/plain", "Cache-Control": "no-store" };
  return ({ method, target }) => {
    if (method !== "GET" && method !== "HEAD") return undefined;
    const path = target.split("?", 1)[0];
    if (path === "/healthz") return { status: 200, headers, body: "ok\n" };
    if (path !== "/readyz") return undefined;
    if (isReady()) return { status: 200, headers, body: "ready\n" };
    return { status: 503, headers, body: "stopping\n" };
  };
}

function announce(name: string, plan: HttpPlan, url: string, log: Logger): void {
  const { host, authenticator } = plan;
  const reachable = url.replace(/\/\/(0\.0\.0\.0|\[::\])/, "//localhost");
  const entry = urlHostEntry({ name, url: reachable, authenticated: authenticator !== undefined });
  log.notice(`Listening on ${reachable}. To add it to a host: ${JSON.stringify(entry)}`);
  if (isLoopback(host)) return;
  if (!authenticator) {
    log.warning(`Whoever reaches ${host} port ${new URL(url).port} may use this server.`);
  }
  if (plan.allowedHosts.length === 0) {
    log.warning(
      "Only clients that call it localhost are answered; give its name in --allowed-hosts.",
    );
  }
}
