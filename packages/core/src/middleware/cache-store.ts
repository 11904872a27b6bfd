import { LRUCache } from "lru-cache";
import type { Call } from "../kernel/call.ts";
import type { Announcement, Change, Changes, ListKind } from "../kernel/changes.ts";
import { uriOf } from "./facts.ts";

/** How much is kept, and what says that it is stale. */
export interface StoreOptions {
  readonly changes: Changes;
  readonly characters?: number;
  readonly results?: number;
}

interface Entry {
  readonly method: string;
  readonly uri: string | undefined;
  readonly text: string;
}

/**
 * Which lists a method's results are made of. The results of any other method, tools above all, can be made of
 * anything: every change makes them stale.
 */
const MADE_OF: Readonly<Record<string, ListKind>> = {
  "tools/list": "tools",
  "prompts/list": "prompts",
  "prompts/get": "prompts",
  "resources/list": "resources",
  "resources/templates/list": "resources",
  "resources/read": "resources",
};

/** Results as text, dropped when they are old, stale, or too many. */
export class ResultStore {
  readonly #entries: LRUCache<string, Entry>;
  /** Counts changes, so that what was on its way when one came is not kept. */
  #generation = 0;

  constructor({ changes, characters = 16_000_000, results = 10_000 }: StoreOptions) {
    this.#entries = new LRUCache({
      max: results,
      maxSize: characters,
      sizeCalculation: ({ text }, key) => text.length + key.length,
      ttlResolution: 0,
      perf: { now: () => performance.now() },
    });
    // Changes can outlive a store: one that nobody uses any more stops listening at the next change.
    const own = new WeakRef(this);
    const stop = changes.listen((change) => {
      const store = own.deref();
      if (store) store.#hear(change);
      else stop();
    });
  }

  /** Hand it to {@link put} with the result of a call that starts now. */
  get generation(): number {
    return this.#generation;
  }

  /** The text kept under `key`, while it is fresh. */
  get(key: string): string | undefined {
    return this.#entries.get(key)?.text;
  }

  /** Keeps the result of `call` for `ttlMs` milliseconds, unless something changed since `generation`. */
  put(key: string, call: Call, text: string, ttlMs: number, generation: number): void {
    if (!(ttlMs > 0) || generation !== this.#generation) return;
    this.#entries.set(key, { method: call.method, uri: uriOf(call), text }, { ttl: ttlMs });
  }

  #hear(change: Announcement): void {
    if (change.kind === "elicitation") return;
    this.#generation++;
    for (const [key, entry] of [...this.#entries.entries()]) {
      if (isStale(entry, change)) this.#entries.delete(key);
    }
  }
}

function isStale({ method, uri }: Entry, change: Change): boolean {
  const list = Object.hasOwn(MADE_OF, method) ? MADE_OF[method] : undefined;
  if (list === undefined) return true;
  if (change.kind === "list") return change.list === list;
  return uri !== undefined && isWithin(change.uri, uri);
}

/** The URI of an update may lie inside the resource that was read (server/resources). */
function isWithin(updated: string, read: string): boolean {
  return updated === read || updated.startsWith(read.endsWith("/") ? read : `${read}/`);
}
