import { createHash } from "node:crypto";
import type { Layer, Outgoing, Send } from "./fetch.ts";
import { withBody } from "./size-limit.ts";

/** What is kept of answers. */
export interface CacheRules {
  /** Milliseconds an answer is used without asking again. Default 0: it is always asked whether it still holds. */
  readonly freshMs?: number;
  /** Most bytes of bodies to keep. Default 20 MB. */
  readonly mostBytes?: number;
  /** The headers an answer depends on. A credential among them is kept as a hash only. */
  readonly vary?: readonly string[];
}

interface Kept {
  readonly response: Response;
  readonly body: Uint8Array<ArrayBuffer>;
  at: number;
}

/**
 * Keeps answers to GET that have an `ETag` or a date, and asks next time only whether they still hold (RFC 9111, 4.3),
 * which most services do not count against a rate limit. Answers never cross credentials.
 */
export function cache({
  freshMs = 0,
  mostBytes = 20_000_000,
  vary = ["authorization", "accept"],
}: CacheRules = {}): Layer {
  const kept = new Map<string, Kept>();
  let bytes = 0;

  const forget = (key: string) => {
    bytes -= kept.get(key)?.body.byteLength ?? 0;
    kept.delete(key);
  };
  const keep = (key: string, entry: Kept) => {
    forget(key);
    if (entry.body.byteLength > mostBytes / 4) return;
    kept.set(key, entry);
    bytes += entry.body.byteLength;
    for (const oldest of kept.keys()) {
      if (bytes <= mostBytes) break;
      forget(oldest);
    }
  };

  return (next) => async (request) => {
    if (request.method !== "GET" || request.headers.has("range")) return next(request);
    const key = keyOf(request, vary);
    const known = kept.get(key);
    const mustAsk = /\bno-cache\b/i.test(request.headers.get("cache-control") ?? "");
    if (known && !mustAsk && Date.now() - known.at < freshMs) return answerOf(known);
    const response = await (known ? revalidate(next, request, known) : next(request));
    if (response.status === 304 && known) {
      await response.body?.cancel();
      keep(key, { ...known, at: Date.now() });
      return answerOf(known);
    }
    forget(key);
    const isKept =
      freshMs > 0 || response.headers.has("etag") || response.headers.has("last-modified");
    if (response.status !== 200 || !isKept || !mayStore(response)) return response;
    const entry = { response, body: new Uint8Array(await response.arrayBuffer()), at: Date.now() };
    keep(key, entry);
    return answerOf(entry);
  };
}

function revalidate(next: Send, request: Outgoing, { response }: Kept): Promise<Response> {
  const headers = new Headers(request.headers);
  const etag = response.headers.get("etag");
  const modified = response.headers.get("last-modified");
  if (etag !== null) headers.set("if-none-match", etag);
  else if (modified !== null) headers.set("if-modified-since", modified);
  return next({ ...request, headers });
}

function answerOf({ response, body }: Kept): Response {
  return withBody(response, body);
}

function mayStore({ headers }: Response): boolean {
  return !/\bno-store\b/i.test(headers.get("cache-control") ?? "");
}

function keyOf({ url, headers }: Outgoing, vary: readonly string[]): string {
  const parts = [url.href, ...vary.map((name) => headers.get(name) ?? "")];
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64");
}
