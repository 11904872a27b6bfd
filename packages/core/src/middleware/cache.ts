import { isObject } from "../jsonrpc/message.ts";
import type { Call } from "../kernel/call.ts";
import type { Changes } from "../kernel/changes.ts";
import type { Dispatch, Middleware } from "../kernel/compose.ts";
import { complete, type Outcome } from "../kernel/outcome.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import { type CacheScope, cacheKey } from "./cache-key.ts";
import { ResultStore } from "./cache-store.ts";
import { nameOf } from "./facts.ts";

/** How long results are kept, and for whom. */
export interface CacheRule {
  /** Milliseconds. */
  readonly ttlMs: number;
  /**
   * `public` only where no result depends on who calls: then every caller gets what was made for one of them.
   * Default `private`.
   */
  readonly scope?: CacheScope;
}

/** What may be kept. What is not named here is not. */
export interface CacheOptions {
  /** The server's own: what it announces drops what it made stale. */
  readonly changes: Changes;
  /** Tools that only read, by name. */
  readonly tools?: Readonly<Record<string, CacheRule>>;
  /** Other methods, such as `resources/read`. */
  readonly methods?: Readonly<Record<string, CacheRule>>;
  /** Most characters of JSON kept in all, the calls included. Default 16 million. */
  readonly characters?: number;
  /** Most results kept. Default 10,000. */
  readonly results?: number;
}

/**
 * Keeps results and answers the same call with them, and runs it once where it comes several times at once. A
 * result goes to another call only where its handler could not tell the two apart. Errors are not kept, nor is
 * anything of a call that asked the client; a call that wants progress always runs unless its result is there.
 * Comes last of all middleware, so that what refuses or filters sees every call.
 */
export function cache(options: CacheOptions): Middleware {
  const store = new ResultStore(options);
  const tools = new Map(Object.entries(options.tools ?? {}));
  const methods = new Map(Object.entries(options.methods ?? {}));
  const running = new Map<string, Promise<string | undefined>>();
  // What began before a change is not joined after it.
  const runOf = (key: string) => `${store.generation} ${key}`;

  async function run(call: Call, next: Dispatch, key: string, ttlMs: number): Promise<Outcome> {
    const { generation } = store;
    const id = runOf(key);
    const outcome = next(call);
    const result = outcome.then(textOf).catch(() => undefined);
    running.set(id, result);
    const text = await result;
    if (running.get(id) === result) running.delete(id);
    if (text !== undefined) store.put(key, call, text, ttlMs, generation);
    return outcome;
  }

  return async function cacheResults(call, next) {
    const isTool = call.method === "tools/call";
    const rule = isTool ? tools.get(nameOf(call) ?? "") : methods.get(call.method);
    if (rule === undefined || isRound(call)) return next(call);
    const key = cacheKey(call, rule.scope ?? "private");
    const kept = store.get(key);
    if (kept !== undefined) return restore(kept);
    const other = call.progress ? undefined : running.get(runOf(key));
    const joined = other && (await other);
    return joined === undefined ? run(call, next, key, rule.ttlMs) : restore(joined);
  };
}

/** True for a call that comes again with what the client was asked. */
function isRound({ answers, params }: Call): boolean {
  const { requestState, inputResponses } = params;
  const isRetry = requestState !== undefined || inputResponses !== undefined;
  return isRetry || answers.given.size > 0 || answers.steps.size > 0;
}

/** The result as text, of which nobody can change what others get. */
function textOf(outcome: Outcome): string | undefined {
  if (outcome.kind !== "complete" || outcome.result.isError === true) return undefined;
  // A task is what this one call became, in either revision's form; the next call is to have its own.
  if (outcome.result.resultType !== undefined || isObject(outcome.result.task)) return undefined;
  return JSON.stringify(outcome.result);
}

function restore(text: string): Outcome {
  return complete(JSON.parse(text) as JsonObject);
}
