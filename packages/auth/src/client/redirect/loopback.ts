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
  /** Where the client is registered to receive users: an `http` address of this machine. Default: `/callback` of 127.0.0.1. */
  readonly registered?: URL;
  /** How long the user has, in milliseconds. Default: 5 minutes. */
  readonly timeout?: number;
}

const HOST = "127.0.0.1";
const USUAL = new URL(`http://${HOST}/callback`);

/** Receives the user on this machine, at a port nobody else can reach from outside (RFC 8252 section 7.3). */
export function loopback(options: LoopbackOptions = {}): RedirectHandler {
  const { openBrowser: show = openBrowser, registered = USUAL, timeout = 300_000 } = options;
  refuseStrangers(registered);
  const port = registered.port === "" ? options.port : Number(registered.port);
  return {
    async open(known) {
      const server = await listen(port === undefined ? [...portsOf(known, registered), 0] : [port]);
      return receive(server, registered, show, timeout);
    },
  };
}

function refuseStrangers({ protocol, hostname, search, hash }: URL): void {
  const isOurs = protocol === "http:" && [HOST, "localhost"].includes(hostname);
  if (isOurs && search === "" && hash === "") return;
  throw new OAuthError(
    `A browser can come back to this machine at http://${HOST} or http://localhost only, without query; register the client with such an address.`,
  );
}

function portsOf(uris: readonly string[], { hostname, pathname }: URL): number[] {
  const urls = uris.filter((uri) => URL.canParse(uri)).map((uri) => new URL(uri));
  return urls
    .filter((url) => url.hostname === hostname && url.pathname === pathname)
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
  { hostname, pathname }: URL,
  show: (url: URL) => void | Promise<void>,
  timeout: number,
): Redirect {
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  const uri = `http://${hostname}:${port}${pathname}`;
  return {
    uri,
    async visit(authorization, signal) {
      const { promise: arrival, resolve, reject } = Promise.withResolvers<URL>();
      const state = authorization.searchParams.get("state");
      let isReceived = false;
      server.on("request", (request, response) => {
        const url = isReceived ? undefined : arrivalOf(request, uri, state);
        isReceived ||= url !== undefined;
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
  const { host, pathname } = new URL(uri);
  const target = request.url ?? "/";
  if (request.method !== "GET" || request.headers.host !== host || !target.startsWith("/")) return;
  const url = new URL(`http://${host}${target}`);
  return url.pathname === pathname && url.searchParams.get("state") === state ? url : undefined;
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
