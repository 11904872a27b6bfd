import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { type ClientOptions, WebSocket } from "ws";

/** What came of an attempt to open a WebSocket. */
export interface Attempt {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Asks for a WebSocket that will be refused, and returns the refusal. */
export async function refusedWith(
  url: string,
  options: ClientOptions = {},
  protocols: string[] = ["mcp"],
): Promise<Attempt> {
  const web = new WebSocket(url, protocols, options);
  web.on("error", () => {});
  const [, response] = (await once(web, "unexpected-response")) as [unknown, IncomingMessage];
  let body = "";
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode ?? 0, headers: response.headers, body };
}

/** Opens a WebSocket of nothing but frames. */
export async function rawSocket(url: string, options: ClientOptions = {}): Promise<WebSocket> {
  const web = new WebSocket(url, "mcp", options);
  await once(web, "open");
  return web;
}

/** The next message, as JSON. */
export async function nextMessage(web: WebSocket): Promise<Record<string, unknown>> {
  const [data] = await once(web, "message");
  return JSON.parse(String(data));
}
