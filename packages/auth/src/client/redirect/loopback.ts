import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { OAuthError } from "../oauth-error.ts";
import { openBrowser } from "./open-browser.ts";
import type { Redirect, RedirectHandler } from "./redirect.ts";

/** What {@link loopback} can be told. */
export interface LoopbackOptions {
  /** Shows the authorization page to the user. Default: the system's browser. */
  readonly openBrowser?: (url: URL) => void | Promise<void>;
  /** Default: the port used last time, or any free one. */
  readonly port?: number;
  /** How long the user has, in milliseconds. Default: 5 minutes. */
  readonly timeout?: number;
}

const PATH = "/callback";
const HOST = "127.0.0.1";

/** Receives the user on this machine, at a port nobody else can reach from outside (RFC 8252 section 7.3). */
export function loopback(options: LoopbackOptions = {}): RedirectHandler {
  const { openBrowser: show = openBrowser, port, timeout = 300_000 } = options;
  return {
    async open(known) {
      const server = await listen(port === undefined ? [...portsOf(known), 0] : [port]);
      return receive(server, show, timeout);
    },
  };
}

function portsOf(uris: readonly string[]): number[] {
  const urls = uris.filter((uri) => URL.canParse(uri)).map((uri) => new URL(uri));
  return urls
    .filter(({ hostname, pathname }) => hostname === HOST && pathname === PATH)
    .map(({ port }) => Number(port));
}

/** Listens at the first port that is free. */
async function listen(ports: readonly number[]): Promise<Server> {
  const { createServer } = await import("node:http");
  for (const port of ports) {
    const server = createServer();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    server.once("error", () => resolve(false));
    server.listen({ port, host: HOST, exclusive: true }, () => resolve(true));
    if (await promise) return server;
  }
  throw new OAuthError(
    `Port ${ports.join(", ")} of ${HOST} is taken, so no browser can come back there; free it or choose another.`,
  );
}

function receive(
  server: Server,
  show: (url: URL) => void | Promise<void>,
  timeout: number,
): Redirect {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const uri = `http://${HOST}:${port}${PATH}`;
  return {
    uri,
    async visit(authorization, signal) {
      const { promise: arrival, resolve, reject } = Promise.withResolvers<URL>();
      const state = authorization.searchParams.get("state");
      server.on("request", (request, response) => {
        const url = arrivalOf(request, uri, state);
        answer(response, url);
        if (url) resolve(url);
      });
      // Where the browser cannot be opened, nobody waits for it any more.
      arrival.catch(() => {});
      signal?.throwIfAborted();
      const ended = AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]);
      ended.addEventListener("abort", () => reject(signal?.aborted ? signal.reason : tooLate()));
      await show(authorization);
      return arrival;
    },
    close() {
      server.close();
      server.closeIdleConnections();
    },
  };
}

function tooLate(): OAuthError {
  return new OAuthError("Nobody came back from the browser in time; authorize again.");
}

/** The URL of a request, if it is the one awaited: any page can make a browser ask for this port. */
function arrivalOf(request: IncomingMessage, uri: string, state: string | null): URL | undefined {
  const { host } = new URL(uri);
  const target = request.url ?? "/";
  if (request.method !== "GET" || request.headers.host !== host || !target.startsWith("/")) return;
  const url = new URL(`http://${host}${target}`);
  return url.pathname === PATH && url.searchParams.get("state") === state ? url : undefined;
}

/** Answers with fixed words: nothing of the request is ever shown. */
function answer(response: ServerResponse, url: URL | undefined): void {
  response.writeHead(url ? 200 : 404, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    connection: "close",
  });
  response.end(url ? "You can close this page and go back to the application.\n" : "Not found.\n");
}
