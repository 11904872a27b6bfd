import { isObject } from "../jsonrpc/message.ts";
import type { RpcError } from "../jsonrpc/rpc-error.ts";
import type { Call } from "../kernel/call.ts";
import type { Changes } from "../kernel/changes.ts";
import type { Dispatch, Middleware } from "../kernel/compose.ts";
import { derivedCall } from "../kernel/derived-call.ts";
import { complete, failed, type Outcome } from "../kernel/outcome.ts";
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

/** What a call came to for those who made the same one meanwhile. */
type Shared = { readonly text: string; readonly isKept: boolean } | { readonly error: RpcError };

/**
 * Keeps results and answers the same call with them, and runs it once where it comes several times at once. A
 * result goes to another call only where its handler could not tell the two apart: one that looks at the connection or at
 * a header runs for each. Errors go to those who wait for them and are not kept; nothing is shared of a call that asked the
 * client or was cancelled; a call that wants progress always runs unless its result is there.
 * Comes last of all middleware, so that what refuses or filters sees every call.
 */
export function cache(options: CacheOptions): Middleware {
  const store = new ResultStore(options);
  const tools = new Map(Object.entries(options.tools ?? {}));
  const methods = new Map(Object.entries(options.methods ?? {}));
  const running = new Map<string, Promise<Shared | undefined>>();
  // What began before a change is not joined after it.
  const runOf = (key: string) => `${store.generation} ${key}`;

  async function run(call: Call, next: Dispatch, key: string, ttlMs: number): Promise<Outcome> {
    const { generation } = store;
    const id = runOf(key);
    let isOwn = false;
    const looked = () => {
      isOwn = true;
      call.looked?.();
    };
    const outcome = next(derivedCall(call, { looked }));
    const result = outcome
      .then((one) => (isOwn ? undefined : shared(one, call)))
      .catch(() => undefined);
    running.set(id, result);
    const known = await result;
    if (running.get(id) === result) running.delete(id);
    if (known && "text" in known && known.isKept) {
      store.put(key, call, known.text, ttlMs, generation);
    }
    return outcome;
  }

  return async function cacheResults(call, next) {
    const isTool = call.method === "tools/call";
    const rule = isTool ? tools.get(nameOf(call) ?? "") : methods.get(call.method);
    if (rule === undefined || isRound(call)) return next(call);
    const key = cacheKey(call, rule.scope ?? "private");
    const kept = store.get(key);
    if (kept !== undefined) return completed(kept);
    const other = call.progress ? undefined : running.get(runOf(key));
    const joined = other && (await other);
    if (joined === undefined) return run(call, next, key, rule.ttlMs);
    return "error" in joined ? failed(joined.error) : completed(joined.text);
  };
}

/** True for a call that comes again with what the client was asked. */
function isRound({ answers, params }: Call): boolean {
  const { requestState, inputResponses } = params;
  const isRetry = requestState !== undefined || inputResponses !== undefined;
  return isRetry || answers.given.size > 0 || answers.steps.size > 0;
}

/** What others may have of it: a result as text, so that nobody can change what others get. */
function shared(outcome: Outcome, { signal }: Call): Shared | undefined {
  if (outcome.kind === "input_required") return undefined;
  if (outcome.kind === "error") return signal.aborted ? undefined : { error: outcome.error };
  const { result } = outcome;
  // A task is what this one call became, in either revision's form; the next call is to have its own.
  if (result.resultType !== undefined || isObject(result.task)) return undefined;
  const isError = result.isError === true;
  if (isError && signal.aborted) return undefined;
  return { text: JSON.stringify(result), isKept: !isError };
}

function completed(text: string): Outcome {
  return complete(JSON.parse(text) as JsonObject);
}
