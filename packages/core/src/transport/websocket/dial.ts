import type { IncomingMessage } from "node:http";
import type { ClientOptions, WebSocket } from "ws";
import { MOST_REMEDIES, type RequestSigner } from "../http/signer.ts";
import { Heartbeat } from "./heartbeat.ts";
import { NodeSocket } from "./node-socket.ts";
import { type OpenSocket, type Socket, type SocketEvents, SUBPROTOCOL } from "./socket.ts";
import { loadWs, type WsLibrary } from "./ws.ts";

/** What goes with the request that opens the socket, which only the ws library lets a program say. */
export interface DialOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly signer: RequestSigner | undefined;
  /** Milliseconds between two pings. */
  readonly pingMs: number | undefined;
  /** Longest message taken, in bytes. */
  readonly maxBytes: number;
}

/** One request for a WebSocket, as it goes out. */
interface Attempt extends Omit<DialOptions, "signer"> {
  readonly url: URL;
}

/** The socket, or what the server answered instead. */
type Outcome =
  | { readonly socket: Socket; readonly refused?: never }
  | {
      readonly refused: { readonly status: number; readonly headers: Headers };
      readonly socket?: never;
    };

/** Opens a socket of the ws library, with headers and a signature on its request. */
export function dial(url: URL, options: DialOptions): OpenSocket {
  return async (events, signal) => {
    const library = await loadWs();
    const request = { method: "GET", url: httpUrl(url) };
    const { signer, ...rest } = options;
    for (let remedies = 0; ; remedies++) {
      const signed = (await signer?.sign(request, signal)) ?? {};
      const attempt = { ...rest, url, headers: { ...options.headers, ...signed } };
      const { socket, refused } = await open(library, attempt, events, signal);
      if (socket) return socket;
      const { status } = refused;
      const mayHelp = (status === 401 || status === 403) && remedies < MOST_REMEDIES;
      if (mayHelp && (await signer?.refused({ ...request, ...refused, signed }, signal))) continue;
      throw new Error(`${url.origin} refused the WebSocket with HTTP status ${status}.`);
    }
  };
}

/** RFC 6455 section 4.1: the opening handshake is an HTTP request, and that is what is signed. */
function httpUrl(url: URL): URL {
  return new URL(url.href.replace(/^ws/, "http"));
}

function open(
  { WebSocket }: WsLibrary,
  { url, headers, maxBytes, pingMs }: Attempt,
  events: SocketEvents,
  signal: AbortSignal,
): Promise<Outcome> {
  if (signal.aborted) return Promise.reject(closedEarly());
  const { promise, resolve, reject } = Promise.withResolvers<Outcome>();
  // Compression costs a megabyte a connection and lets small frames become huge ones.
  const options: ClientOptions = { headers, maxPayload: maxBytes, perMessageDeflate: false };
  const web: WebSocket = new WebSocket(url, SUBPROTOCOL, options);
  const abort = () => web.terminate();
  const failed = (error: NodeJS.ErrnoException) => {
    const why = error.code ?? error.message;
    const failure = new Error(`No WebSocket could be opened at ${url.origin} (${why}).`);
    reject(signal.aborted ? closedEarly() : failure);
  };
  signal.addEventListener("abort", abort);
  web.on("error", failed);
  web.once("unexpected-response", (request, response: IncomingMessage) => {
    resolve({ refused: { status: response.statusCode ?? 0, headers: headersOf(response) } });
    request.destroy();
  });
  web.once("open", () => {
    web.off("error", failed);
    signal.removeEventListener("abort", abort);
    const heartbeat = new Heartbeat(new Set([web]), pingMs);
    heartbeat.watch(web);
    web.once("close", () => heartbeat.stop());
    resolve({ socket: new NodeSocket(web, events) });
  });
  return promise;
}

function closedEarly(): Error {
  return new Error("The connection was closed before it was open.");
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) {
    headers.append(rawHeaders[at]!, rawHeaders[at + 1]!);
  }
  return headers;
}
