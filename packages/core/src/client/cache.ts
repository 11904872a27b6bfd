import type { JsonObject } from "../schema/json-schema.ts";

/** How a cache is bounded and what time it is. */
export interface CacheOptions {
  /** Most characters of JSON kept in all. Default 16 million. */
  readonly characters?: number;
  /** The current time in milliseconds. Default `Date.now`. */
  readonly now?: () => number;
}

/** One kept result. An object, so that what later revisions validate results by has its place in it. */
interface Entry {
  readonly method: string;
  readonly params: JsonObject;
  /** Kept as text: its size is known, and whoever changes a result changes only their own copy. */
  readonly text: string;
  readonly expires: number;
}

/** Where a result comes from, as far as it decides who may be given it. */
export interface CacheQuestion {
  readonly method: string;
  readonly params: JsonObject;
  /** The authorization context: results marked `private` stay inside it. */
  readonly partition: string;
}

/** What a notification makes stale: the methods, and for one resource only the read of its URI. */
const STALE: Readonly<Record<string, readonly string[]>> = {
  "notifications/tools/list_changed": ["tools/list"],
  "notifications/prompts/list_changed": ["prompts/list"],
  "notifications/resources/list_changed": ["resources/list", "resources/templates/list"],
  "notifications/resources/updated": ["resources/read"],
};

/**
 * Results the server lets its clients keep (2026-07-28 server/utilities/caching), for as long as it lets
 * them, oldest use dropped first.
 */
export class ResponseCache {
  readonly #entries = new Map<string, Entry>();
  readonly #most: number;
  readonly #now: () => number;
  #characters = 0;
  /** Counts invalidations, so that an answer already on its way when one came is not kept. */
  #generation = 0;

  constructor({ characters = 16_000_000, now = Date.now }: CacheOptions = {}) {
    this.#most = characters;
    this.#now = now;
  }

  /** Hand it to {@link put} with the answer to a request sent now. */
  get generation(): number {
    return this.#generation;
  }

  /** A copy of the kept result, while it is fresh. */
  get(question: CacheQuestion): JsonObject | undefined {
    return this.#read(keyOf(question, "public")) ?? this.#read(keyOf(question, "private"));
  }

  /** Keeps a complete result, if the server allows it and nothing was invalidated since `generation`. */
  put(question: CacheQuestion, result: JsonObject, generation: number): void {
    const { ttlMs } = result;
    // An absent or negative time to live MUST be taken for zero, an unknown scope is safest private.
    if (typeof ttlMs !== "number" || !(ttlMs > 0) || generation !== this.#generation) return;
    const key = keyOf(question, result.cacheScope === "public" ? "public" : "private");
    const text = JSON.stringify(result);
    this.#drop(key);
    if (text.length > this.#most) return;
    const { method, params } = question;
    this.#entries.set(key, { method, params, text, expires: this.#now() + ttlMs });
    this.#characters += text.length;
    for (const oldest of this.#entries.keys()) {
      if (this.#characters <= this.#most) break;
      this.#drop(oldest);
    }
  }

  /** Drops at once what a notification of the server makes stale. */
  invalidate(notification: string, params: JsonObject): void {
    const methods = Object.hasOwn(STALE, notification) ? STALE[notification] : undefined;
    if (methods === undefined) return;
    this.#generation++;
    for (const [key, entry] of [...this.#entries]) {
      const other = params.uri !== undefined && !isWithin(params.uri, entry.params.uri);
      if (methods.includes(entry.method) && !other) this.#drop(key);
    }
  }

  /** Drops everything: the server is another one than before. */
  clear(): void {
    this.#generation++;
    this.#entries.clear();
    this.#characters = 0;
  }

  #read(key: string): JsonObject | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.expires <= this.#now()) return void this.#drop(key);
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return JSON.parse(entry.text) as JsonObject;
  }

  #drop(key: string): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#characters -= entry.text.length;
  }
}

/** MUST NOT serve across differing params, nor a private result across authorization contexts. */
function keyOf({ method, params, partition }: CacheQuestion, scope: "public" | "private"): string {
  return JSON.stringify([method, scope === "private" ? [partition] : [], params]);
}

/** The URI of an update may lie inside the resource that was read (server/resources). */
function isWithin(updated: unknown, read: unknown): boolean {
  if (typeof updated !== "string" || typeof read !== "string") return false;
  return updated === read || updated.startsWith(read.endsWith("/") ? read : `${read}/`);
}
