import type { HttpHead } from "./head.ts";

/** The headers that let a page of `origin` read an answer (Fetch standard: CORS protocol). */
export function corsHeaders(origin: string): Readonly<Record<string, string>> {
  return {
    "Access-Control-Allow-Origin": origin,
    "Access-Control-Expose-Headers": "Mcp-Session-Id, WWW-Authenticate, DPoP-Nonce, Retry-After",
    Vary: "Origin",
  };
}

/** The headers that answer a page's question what it may send. It may send any: tools name headers of their own. */
export function preflightHeaders(head: HttpHead): Readonly<Record<string, string>> {
  return {
    "Access-Control-Allow-Methods": "POST, GET, DELETE",
    "Access-Control-Allow-Headers": head.header("access-control-request-headers") ?? "Content-Type",
    "Access-Control-Max-Age": "600",
  };
}
