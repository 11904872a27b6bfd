import { MESSAGE_LIMITS } from "../../jsonrpc/codec.ts";
import type { RequestSigner } from "../http/signer.ts";
import type { Transport } from "../transport.ts";
import { dial } from "./dial.ts";
import { openPlatformSocket } from "./platform-socket.ts";
import { type WebSocketBounds, WebSocketTransport } from "./transport.ts";

/** How to reach a server by WebSocket. */
export interface WebSocketClientOptions extends WebSocketBounds {
  /** Sent with the request that opens the socket. Needs the package ws, hence Node. Default: none. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Signs the request that opens the socket. Needs the package ws, hence Node. */
  readonly signer?: RequestSigner;
  /**
   * Milliseconds between two pings; a server that answered none meanwhile is gone. Needs the package ws, hence Node.
   * Default: 30 seconds where `headers` or a `signer` need that package too, otherwise no pings.
   */
  readonly pingMs?: number;
}

/**
 * The client's end of a WebSocket, with the subprotocol `mcp`. Connects on `start`; what is sent before the
 * socket is open waits for it. Uses the platform's own WebSocket, which a browser has as well as Node.
 *
 * @throws {TypeError} when `url` is no `ws:` or `wss:` URL
 */
export function webSocketClient(
  url: string | URL,
  options: WebSocketClientOptions = {},
): Transport {
  const target = webSocketUrl(url);
  const { headers = {}, signer, pingMs, limits = MESSAGE_LIMITS } = options;
  const isPlain = (signer ?? pingMs) === undefined && Object.keys(headers).length === 0;
  const source =
    isPlain && globalThis.WebSocket !== undefined
      ? { open: openPlatformSocket(target), pauses: false }
      : { open: dial(target, { headers, signer, pingMs, maxBytes: limits.bytes }), pauses: true };
  return new WebSocketTransport(source, options);
}

function webSocketUrl(url: string | URL): URL {
  const target = URL.canParse(String(url)) ? new URL(url) : undefined;
  if (target?.protocol !== "ws:" && target?.protocol !== "wss:") {
    throw new TypeError("The address of a WebSocket server begins with ws:// or wss://.");
  }
  return target;
}
