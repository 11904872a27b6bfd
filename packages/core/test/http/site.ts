import { randomUUID } from "node:crypto";
import { type HttpOptions, httpHandler, type ServerDefinition } from "../../src/index.ts";
import { type ServeHttpOptions, serveHttp } from "../../src/node.ts";
import type { JsonObject } from "../../src/schema/json-schema.ts";
import { type Control, subject } from "./subject.ts";

/** Both ways a server is reached: sockets of `node:http`, and the fetch handler without any. */
export const carriers = ["node", "fetch"] as const;
export type Carrier = (typeof carriers)[number];

export type Headers = Readonly<Record<string, string | undefined>>;

export const BOTH_TYPES = "application/json, text/event-stream";
/** The legacy revisions that have Streamable HTTP. */
export const LEGACY = ["2025-03-26", "2025-06-18", "2025-11-25"] as const;
/** The newest of them. */
export const NEWEST_LEGACY = "2025-11-25";

/** A server under test. */
export interface Site extends AsyncDisposable {
  readonly url: string;
  readonly control: Control;
  /** What was cut off, and why. */
  readonly cuts: readonly string[];
  readonly counts: { readonly calls: number; readonly sessions: number; readonly streams: number };
  send(path: string, init: RequestInit): Promise<Response>;
  close(graceMs?: number): Promise<void>;
}

/** Opens a server with the subject, or another definition. */
export async function openSite(
  carrier: Carrier,
  options: HttpOptions & ServeHttpOptions = {},
  given?: ServerDefinition,
): Promise<Site> {
  const { definition, control } = subject();
  const cuts: string[] = [];
  const all = { onError: () => {}, onCut: (why: string) => cuts.push(why), ...options };
  const served = given ?? definition;
  if (carrier === "node") {
    const serving = await serveHttp(served, all);
    const { origin } = new URL(serving.url);
    const send: Site["send"] = (path, init) => fetch(origin + path, init);
    return siteOf(serving, { url: serving.url, control, cuts, send });
  }
  const handler = httpHandler(served, { path: "/mcp", ...all });
  const send: Site["send"] = (path, init) =>
    handler.fetch(new Request(`http://localhost${path}`, init));
  return siteOf(handler, { url: "http://localhost/mcp", control, cuts, send });
}

function siteOf(
  server: Pick<Site, "counts" | "close">,
  rest: Pick<Site, "url" | "control" | "cuts" | "send">,
): Site {
  return {
    ...rest,
    get counts() {
      return server.counts;
    },
    close: (graceMs) => server.close(graceMs),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** Posts a message, or anything else, with the headers a client sends. */
export function post(
  site: Site,
  body: unknown,
  headers: Headers = {},
  signal?: AbortSignal,
): Promise<Response> {
  return site.send("/mcp", {
    method: "POST",
    headers: defined({ "content-type": "application/json", accept: BOTH_TYPES, ...headers }),
    body: typeof body === "string" ? body : JSON.stringify(body),
    ...(signal && { signal }),
  });
}

/** Sends a request without a body. */
export function ask(site: Site, method: string, headers: Headers = {}, path = "/mcp") {
  return site.send(path, {
    method,
    headers: defined({ accept: "text/event-stream", ...headers }),
  });
}

function defined(headers: Headers): Record<string, string> {
  const entries = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Record<string, string>;
}

export function requestOf(method: string, params?: JsonObject, id: string | number = randomUUID()) {
  return { jsonrpc: "2.0" as const, id, method, ...(params && { params }) };
}

/** A call of a tool, with a progress token, so that what it reports is sent. */
export function callOf(name: string, args: JsonObject = {}, meta: JsonObject = {}) {
  return requestOf("tools/call", {
    name,
    arguments: args,
    _meta: { progressToken: "p", ...meta },
  });
}

/** The first part of a JSON answer's body. */
export async function json(response: Response): Promise<JsonObject> {
  return (await response.json()) as JsonObject;
}
