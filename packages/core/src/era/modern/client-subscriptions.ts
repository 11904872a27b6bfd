import { isObject, type RequestId } from "../../jsonrpc/message.ts";
import type { Change } from "../../kernel/changes.ts";
import { RequestTimeout, type WaitOptions } from "../../kernel/pending.ts";
import { META, type SubscriptionFilter } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { changeOf, covers } from "../client-change.ts";
import type { Listener, Listening, ServerFacts, Wire } from "../client-era.ts";

interface Stream {
  readonly deliver: (change: Change) => void;
  readonly acknowledged: PromiseWithResolvers<SubscriptionFilter>;
  /** Absent until the server acknowledged: it MUST NOT notify before. */
  granted?: SubscriptionFilter;
  readonly end: () => void;
}

const DEFAULT_ACKNOWLEDGE_MS = 60_000;

/** Subscriptions of a modern connection: each is one `subscriptions/listen` request that stays open. */
export function listener(
  wire: Wire,
  _facts: ServerFacts,
  encode: (params: JsonObject) => JsonObject,
): Listener {
  return new ModernListener(wire, encode);
}

class ModernListener implements Listener {
  readonly #wire: Wire;
  readonly #encode: (params: JsonObject) => JsonObject;
  readonly #streams = new Map<RequestId, Stream>();

  constructor(wire: Wire, encode: (params: JsonObject) => JsonObject) {
    this.#wire = wire;
    this.#encode = encode;
  }

  async listen(
    filter: SubscriptionFilter,
    deliver: (change: Change) => void,
    { signal, timeoutMs = DEFAULT_ACKNOWLEDGE_MS }: WaitOptions,
  ): Promise<Listening> {
    const control = new AbortController();
    const params = this.#encode({ notifications: filter as unknown as JsonObject });
    const { id, result } = this.#wire.open("subscriptions/listen", params, {
      signal: control.signal,
      timeoutMs: Number.POSITIVE_INFINITY,
    });
    const acknowledged = Promise.withResolvers<SubscriptionFilter>();
    const stop = () => control.abort(STOPPED);
    const over = Promise.withResolvers<void>();
    const end = () => {
      over.resolve();
      stop();
    };
    this.#streams.set(id, { deliver, acknowledged, end });
    const ended = Promise.race([over.promise, result.then(() => undefined)]).finally(() =>
      this.#streams.delete(id),
    );
    const granted = await withinTime(acknowledged.promise, ended, stop, { signal, timeoutMs });
    return { granted, ended: ended.catch(unlessStopped), stop };
  }

  notification(method: string, params: JsonObject): void {
    if (method === "notifications/cancelled")
      return this.#streams.get(idOf(params.requestId))?.end();
    const meta = isObject(params._meta) ? params._meta : {};
    // Every message of a stream MUST carry its id (basic/patterns/subscriptions).
    const stream = this.#streams.get(idOf(meta[META.subscriptionId]));
    if (stream === undefined) return;
    if (method === "notifications/subscriptions/acknowledged") {
      stream.granted ??= isObject(params.notifications) ? params.notifications : {};
      return stream.acknowledged.resolve(stream.granted);
    }
    const change = changeOf(method, params);
    if (change && stream.granted && covers(stream.granted, change)) stream.deliver(change);
  }
}

const STOPPED = new Error("The subscription was closed.");

function unlessStopped(error: unknown): void {
  if (error !== STOPPED) throw error;
}

function idOf(value: unknown): RequestId {
  return value as RequestId;
}

/** Waits for the acknowledgement, however else the stream may end first. */
async function withinTime(
  acknowledged: Promise<SubscriptionFilter>,
  ended: Promise<void>,
  stop: () => void,
  { signal, timeoutMs }: { signal: AbortSignal | undefined; timeoutMs: number },
): Promise<SubscriptionFilter> {
  const failed = Promise.withResolvers<never>();
  const giveUp = (reason: unknown) => {
    failed.reject(reason);
    stop();
  };
  const abort = () => giveUp(signal?.reason);
  const late = () =>
    giveUp(
      new RequestTimeout(`The server did not acknowledge the subscription within ${timeoutMs} ms.`),
    );
  const timer = setTimeout(late, timeoutMs);
  signal?.addEventListener("abort", abort);
  try {
    signal?.throwIfAborted();
    // A server that ends the stream before acknowledging it honours nothing.
    return await Promise.race([acknowledged, failed.promise, ended.then(() => ({}))]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
