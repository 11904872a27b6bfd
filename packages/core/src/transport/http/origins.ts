import type { HttpAnswer, HttpHead } from "./head.ts";

/** Which names a server answers to, and which web pages may call it. */
export interface OriginOptions {
  /**
   * Names in the Host header beyond the loopback ones: `mcp.example.com` on any port, `mcp.example.com:8443`
   * on that port, `*` for all. Default: loopback only.
   */
  readonly allowedHosts?: readonly string[];
  /** Pages that may call, such as `https://app.example.com`, or `*` for all. Default: the server's own and loopback. */
  readonly allowedOrigins?: readonly string[];
}

const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;
const LOOPBACK_PAGE = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/**
 * Makes the judge of Host and Origin: the answer that refuses a request, or undefined. A page that made its
 * name point at this machine is known by its Host, a page that calls from elsewhere by its Origin
 * (basic/transports: servers MUST validate Origin, and answer 403).
 */
export function originRule(options: OriginOptions): (head: HttpHead) => HttpAnswer | undefined {
  const hosts = new Set(options.allowedHosts?.map((host) => host.toLowerCase()));
  const origins = new Set(options.allowedOrigins?.map((origin) => origin.toLowerCase()));
  const isOurs = (host: string) =>
    LOOPBACK.test(host) ||
    hosts.has("*") ||
    hosts.has(host.toLowerCase()) ||
    hosts.has(host.toLowerCase().replace(/:\d+$/, ""));
  const mayCall = (origin: string, host: string) =>
    LOOPBACK_PAGE.test(origin) ||
    origins.has("*") ||
    origins.has(origin.toLowerCase()) ||
    // The server's own page, whatever scheme a proxy in front of it takes off.
    origin.toLowerCase().replace(/^https?:\/\//, "") === host.toLowerCase();
  return (head) => {
    const host = head.header("host") ?? new URL(head.origin).host;
    if (!isOurs(host))
      return forbidden("This server does not answer to that Host; allow it first.");
    const origin = head.header("origin");
    if (origin === undefined || mayCall(origin, host)) return undefined;
    return forbidden("Pages of that Origin may not call this server; allow it first.");
  };
}

function forbidden(message: string): HttpAnswer {
  const error = { jsonrpc: "2.0", error: { code: -32600, message } };
  return {
    status: 403,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(error),
  };
}
