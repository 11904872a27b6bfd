import type { JsonObject } from "../../src/schema/json-schema.ts";
import { meta } from "../server/raw-client.ts";
import { type Headers, post, requestOf, type Site } from "./site.ts";

/** The headers of a modern request, as a conforming client sends them. */
export function modernHeaders(method: string, name?: string): Headers {
  return {
    "mcp-protocol-version": "2026-07-28",
    "mcp-method": method,
    ...(name !== undefined && { "mcp-name": name }),
  };
}

/** A modern request with its metadata. */
export function modernRequest(method: string, params: JsonObject = {}, more: JsonObject = {}) {
  return requestOf(method, { ...params, _meta: meta({}, { progressToken: "p", ...more }) });
}

/** Calls a tool as a modern client does. */
export function modernCall(
  site: Site,
  name: string,
  args: JsonObject = {},
  headers: Headers = {},
  signal?: AbortSignal,
): Promise<Response> {
  const request = modernRequest("tools/call", { name, arguments: args });
  return post(site, request, { ...modernHeaders("tools/call", name), ...headers }, signal);
}

/** Opens a listen stream. */
export function listen(site: Site, notifications: JsonObject, signal?: AbortSignal) {
  const request = modernRequest("subscriptions/listen", { notifications });
  return post(site, request, modernHeaders("subscriptions/listen"), signal);
}

/** Opens a legacy session; returns the headers its requests carry. */
export async function openSession(
  site: Site,
  protocolVersion: string,
  capabilities: JsonObject = {},
  headers: Headers = {},
): Promise<Headers> {
  const clientInfo = { name: "raw", version: "1" };
  const params = { protocolVersion, capabilities, clientInfo };
  const response = await post(site, requestOf("initialize", params), headers);
  const id = response.headers.get("mcp-session-id");
  await response.text();
  if (id === null) throw new Error(`No session was opened: ${response.status}`);
  const session = { ...headers, "mcp-session-id": id, "mcp-protocol-version": protocolVersion };
  await post(site, { jsonrpc: "2.0", method: "notifications/initialized" }, session);
  return session;
}
