import type {
  JsonRpcNotification,
  JsonRpcRequest,
  JsonRpcResponse,
  RequestId,
} from "../jsonrpc/message.ts";
import { isRequestId } from "../jsonrpc/message.ts";
import { RpcError } from "../jsonrpc/rpc-error.ts";
import type { JsonObject } from "../schema/json-schema.ts";

/** What a peer reported about a request that is still running. */
export interface Progress {
  /** How far it is; every report is higher than the one before. */
  readonly progress: number;
  /** What `progress` will be at the end, when that is known. */
  readonly total?: number;
  /** The same in words for a person. */
  readonly message?: string;
}

/** How long to wait for one answer, and what to hear of it meanwhile. */
export interface WaitOptions {
  /** Gives the request up: the peer is told, and the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds without answer or progress before giving up. Default 60,000; `Infinity` waits forever. */
  readonly timeoutMs?: number | undefined;
  /**
   * Milliseconds before giving up however much progress is reported. Default ten times `timeoutMs`.
   * Setting it asks the peer for progress, as `onProgress` does.
   */
  readonly maxTotalTimeoutMs?: number | undefined;
  /** Asks the peer for progress; called with each report that goes forward. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** How a table puts a message on the wire: the connection, or the stream one request belongs to. */
export type Send = (message: JsonRpcRequest | JsonRpcNotification) => void;

/** Nobody answered in time. */
export class RequestTimeout extends Error {
  override readonly name = "RequestTimeout";
}

/** The connection ended before the answer came. */
export class ConnectionClosed extends Error {
  override readonly name = "ConnectionClosed";
}

const DEFAULT_TIMEOUT_MS = 60_000;
/** A longer delay would overflow `setTimeout` and fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** One side's outstanding requests to the other, by id. Knows JSON-RPC, progress and cancellation, no feature. */
export class PendingRequests {
  readonly #waiting = new Map<RequestId, Waiting>();
  #lastId = 0;

  /** How many requests wait for an answer. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Sends a request and resolves with its result. Rejects with what went wrong otherwise, {@link RpcError} when the peer said so. */
  request(
    send: Send,
    method: string,
    params: JsonObject | undefined,
    options: WaitOptions = {},
  ): Promise<JsonObject> {
    return this.open(send, method, params, options).result;
  }

  /** Like {@link request}, for callers that need the id too: messages of a subscription carry it. */
  open(
    send: Send,
    method: string,
    params: JsonObject | undefined,
    options: WaitOptions = {},
  ): { readonly id: RequestId; readonly result: Promise<JsonObject> } {
    // Ids are never used twice, which all revisions allow and 2025-11-25 and before demand.
    const id = ++this.#lastId;
    if (options.signal?.aborted) return { id, result: Promise.reject(options.signal.reason) };
    const waiting = new Waiting(id, method, send, options, () => this.#waiting.delete(id));
    this.#waiting.set(id, waiting);
    const token = waiting.wantsProgress ? id : undefined;
    try {
      send({ jsonrpc: "2.0", id, method, ...withToken(params, token) });
    } catch (error) {
      // What cannot be written as JSON never left.
      waiting.reject(error);
    }
    return { id, result: waiting.answer.promise };
  }

  /** Hands an answer to whoever waits for it. False for one nobody waits for: late, repeated or made up. */
  settle(response: JsonRpcResponse): boolean {
    const waiting = this.#find(response.id);
    if (waiting === undefined) return false;
    if ("error" in response) waiting.reject(RpcError.from(response.error));
    else waiting.resolve(response.result);
    return true;
  }

  /** Ends one request with a local error, without telling the peer. False when nobody waits for `id`. */
  fail(id: unknown, reason: Error): boolean {
    const waiting = isRequestId(id) ? this.#find(id) : undefined;
    waiting?.reject(reason);
    return waiting !== undefined;
  }

  /** Like {@link fail} for the one request there is; does nothing when there are more, for it could be any. */
  failOnly(reason: Error): void {
    const [only, second] = this.#waiting.values();
    if (second === undefined) only?.reject(reason);
  }

  /** Passes on the params of `notifications/progress`. False for a token that is not in use. */
  progress(params: JsonObject | undefined): boolean {
    const token = params?.progressToken;
    const waiting = isRequestId(token) ? this.#find(token) : undefined;
    return waiting?.report(params as JsonObject) ?? false;
  }

  /** Ends every outstanding request with `reason`: the connection is over. */
  failAll(reason: Error): void {
    for (const waiting of [...this.#waiting.values()]) waiting.reject(reason);
  }

  #find(id: RequestId | undefined): Waiting | undefined {
    return id === undefined ? undefined : this.#waiting.get(id);
  }
}

/** One request on its way: its promise, its timer, its abort listener. */
class Waiting {
  readonly answer = Promise.withResolvers<JsonObject>();
  readonly method: string;
  readonly #id: RequestId;
  readonly #send: Send;
  readonly #options: WaitOptions;
  readonly #forget: () => void;
  readonly #timeoutMs: number;
  readonly #deadline: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #furthest = Number.NEGATIVE_INFINITY;

  constructor(id: RequestId, method: string, send: Send, options: WaitOptions, forget: () => void) {
    this.#id = id;
    this.method = method;
    this.#send = send;
    this.#options = options;
    this.#forget = forget;
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#deadline = Date.now() + (options.maxTotalTimeoutMs ?? 10 * this.#timeoutMs);
    options.signal?.addEventListener("abort", this.#aborted);
    this.#arm();
  }

  get wantsProgress(): boolean {
    return this.#options.onProgress !== undefined || this.#options.maxTotalTimeoutMs !== undefined;
  }

  resolve(result: JsonObject): void {
    this.#finish();
    this.answer.resolve(result);
  }

  reject(reason: unknown): void {
    this.#finish();
    this.answer.reject(reason);
  }

  report({ progress, total, message }: JsonObject): boolean {
    // basic/patterns/progress: the value MUST increase with each notification; one that does not proves no work.
    if (typeof progress !== "number" || progress <= this.#furthest) return false;
    this.#furthest = progress;
    this.#arm();
    try {
      this.#options.onProgress?.({
        progress,
        ...(typeof total === "number" && { total }),
        ...(typeof message === "string" && { message }),
      });
    } catch (error) {
      this.#abandon("the receiver of its progress failed");
      this.reject(error);
    }
    return true;
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const delay = Math.min(this.#timeoutMs, this.#deadline - Date.now());
    if (delay === Number.POSITIVE_INFINITY) return;
    // Not unref'ed: whoever awaits the answer gets the error rather than a process that ends in between.
    this.#timer = setTimeout(this.#expired, Math.min(Math.max(delay, 0), LONGEST_TIMER_MS));
  }

  readonly #expired = (): void => {
    const total = Date.now() >= this.#deadline;
    const limit = total ? "maxTotalTimeoutMs" : "timeoutMs";
    this.#abandon("timeout");
    this.reject(
      new RequestTimeout(
        `${this.method} was not answered within its time limit; raise ${limit} (now ${this.#limit(total)} ms) if it needs longer.`,
      ),
    );
  };

  readonly #aborted = (): void => {
    const reason: unknown = this.#options.signal?.reason;
    this.#abandon(reason instanceof Error ? reason.message : "aborted");
    this.reject(reason);
  };

  #limit(total: boolean): number {
    return total ? (this.#options.maxTotalTimeoutMs ?? 10 * this.#timeoutMs) : this.#timeoutMs;
  }

  #abandon(reason: string): void {
    // 2025-11-25 basic/utilities/cancellation: `initialize` MUST NOT be cancelled by clients.
    if (this.method === "initialize") return;
    this.#send({
      jsonrpc: "2.0",
      method: "notifications/cancelled",
      params: { requestId: this.#id, reason },
    });
  }

  #finish(): void {
    clearTimeout(this.#timer);
    this.#options.signal?.removeEventListener("abort", this.#aborted);
    this.#forget();
  }
}

function withToken(params: JsonObject | undefined, token: RequestId | undefined) {
  if (token === undefined) return params && { params };
  const meta = params?._meta as JsonObject | undefined;
  return { params: { ...params, _meta: { ...meta, progressToken: token } } };
}
