import type { Layer, Outgoing, Send } from "./fetch.ts";
import { type Kept, KeptAnswers } from "./kept-answers.ts";
import { withBody } from "./size-limit.ts";

/** What is kept of answers. */
export interface CacheRules {
  /** Milliseconds an answer is used without asking again. Default 0: it is always asked whether it still holds. */
  readonly freshMs?: number;
  /** Most bytes of bodies to keep. Default 20 MB. */
  readonly mostBytes?: number;
  /** Whether answers are kept, too, that the service asks nobody to store (`no-store`). Default false. */
  readonly keepsUnstorable?: boolean;
  /** The headers an answer depends on. A credential among them is kept as a hash only. */
  readonly vary?: readonly string[];
}

/** A layer that keeps answers. */
export interface Cache extends Layer {
  /** Forgets all answers, and keeps none of those that are on their way: what they say may have changed. */
  forget(): void;
}

/**
 * Keeps answers to GET that have an `ETag` or a date, and asks next time only whether they still hold (RFC 9111, 4.3),
 * which most services do not count against a rate limit. Answers never cross credentials.
 */
export function cache(rules: CacheRules = {}): Cache {
  const { freshMs = 0, mostBytes = 20_000_000, vary = ["authorization", "accept"] } = rules;
  const kept = new KeptAnswers(mostBytes);
  let era = {};
  const isFresh = ({ at }: Kept) => Date.now() - at < freshMs;

  const layer: Layer = (next) => async (request) => {
    if (request.method !== "GET" || request.headers.has("range")) return next(request);
    const key = await keyOf(request, vary);
    const known = kept.get(key);
    if (known && !mustAsk(request) && isFresh(known)) return answerOf(known);
    const began = era;
    const response = await (known ? revalidate(next, request, known) : next(request));
    if (response.status === 304 && known) {
      await response.body?.cancel();
      if (began === era) kept.set(key, { ...known, at: Date.now() });
      return answerOf(known);
    }
    kept.delete(key);
    if (!mayKeep(response, rules)) return response;
    const entry = { response, body: new Uint8Array(await response.arrayBuffer()), at: Date.now() };
    if (began === era) kept.set(key, entry);
    return answerOf(entry);
  };
  return Object.assign(layer, {
    forget() {
      era = {};
      kept.clear();
    },
  });
}

function mustAsk({ headers }: Outgoing): boolean {
  return /\bno-cache\b/i.test(headers.get("cache-control") ?? "");
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

function mayKeep({ status, headers }: Response, rules: CacheRules): boolean {
  const { freshMs = 0, keepsUnstorable = false } = rules;
  const isUnstorable = /\bno-store\b/i.test(headers.get("cache-control") ?? "");
  if (status !== 200 || (isUnstorable && !keepsUnstorable)) return false;
  // What can neither be used as it is nor be asked about is of no use.
  return freshMs > 0 || headers.has("etag") || headers.has("last-modified");
}

async function keyOf({ url, headers }: Outgoing, vary: readonly string[]): Promise<string> {
  const { createHash } = await import("node:crypto");
  const parts = [url.href, ...vary.map((name) => headers.get(name) ?? "")];
  return createHash("sha256").update(JSON.stringify(parts)).digest("base64");
}
