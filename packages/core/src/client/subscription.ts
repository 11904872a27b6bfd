import type { Listening } from "../era/client-era.ts";
import type { Change } from "../kernel/changes.ts";
import { ConnectionClosed, RequestTimeout } from "../kernel/pending.ts";
import type { SubscriptionFilter } from "../protocol/index.ts";
import { HttpError, RequestLost } from "../transport/http/client-errors.ts";
import { jittered, pause } from "../transport/http/client-pause.ts";
import type { Session } from "./session.ts";

/** What to hear of: changes of the lists, and of the resources at `uris`. */
export interface SubscriptionRequest {
  readonly tools?: boolean | undefined;
  readonly prompts?: boolean | undefined;
  readonly resources?: boolean | undefined;
  readonly uris?: readonly string[] | undefined;
}

/** How often in a row it may break before it ends. */
const MOST_FAILURES = 8;
/** The longest pause before it is first opened again, in milliseconds; it doubles with each failure in a row. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A stream that held this long, in milliseconds, ends a row of failures. */
const STABLE_MS = 30_000;

/** Most changes that wait for a slow reader. */
const MOST_WAITING = 10_000;

/**
 * Changes on a server, as they come; read it with `for await`. The same change told twice before it was
 * read counts once. After a restart of the server, or a break in its stream, everything subscribed is reported
 * changed, since nobody knows what was missed. It ends when either side closes it, and throws when the connection is lost.
 */
export class Subscription implements AsyncIterableIterator<Change> {
  readonly #filter: SubscriptionFilter;
  readonly #waiting = new Map<string, Change>();
  readonly #forget: (subscription: Subscription) => void;
  #listening: Listening | undefined;
  #wake: PromiseWithResolvers<void> = Promise.withResolvers();
  #over: { readonly error?: Error } | undefined;
  /** Ends an attempt to open it again. */
  readonly #ending = new AbortController();
  #failures = 0;

  /** @param forget called once, when it is over */
  constructor(request: SubscriptionRequest, forget: (subscription: Subscription) => void) {
    this.#filter = filterOf(request);
    this.#forget = forget;
  }

  /** The part of the request the server agreed to; compare it with what was asked for. */
  get granted(): SubscriptionRequest {
    return requestOf(this.#listening?.granted ?? {});
  }

  /** Opens it on a connection, for the first time or again. */
  async open(session: Session, wait: { readonly signal?: AbortSignal | undefined }): Promise<void> {
    const again = this.#listening !== undefined;
    const listening = await session.listen(this.#filter, this.#deliver, wait);
    if (this.#over) return listening.stop();
    this.#listening = listening;
    const since = Date.now();
    listening.ended.then(
      () => this.#listening === listening && this.end(),
      (error) => {
        if (Date.now() - since > STABLE_MS) this.#failures = 0;
        return this.#reopen(session, error);
      },
    );
    if (again) this.#deliverAll(listening.granted);
  }

  /** Opens it again on the same connection, where only what carried it broke. */
  async #reopen(session: Session, broken: unknown): Promise<void> {
    if (this.#over) return;
    // Whether a lost connection ends it is decided where restarts are.
    if (broken instanceof ConnectionClosed) return;
    if (!isPassing(broken) || ++this.#failures > MOST_FAILURES) return this.end(broken as Error);
    const longest = Math.min(FIRST_PAUSE_MS * 2 ** (this.#failures - 1), LONGEST_PAUSE_MS);
    try {
      await pause(jittered(longest), this.#ending.signal);
      session.forgetKept();
      await this.open(session, { signal: this.#ending.signal });
    } catch (error) {
      await this.#reopen(session, error);
    }
  }

  /** Hears of nothing more, and tells the server. Idempotent. */
  close(): void {
    this.#listening?.stop();
    this.end();
  }

  /** Ends it from outside: no more changes after those already here, and an error when there was one. */
  end(error?: Error): void {
    if (this.#over) return;
    this.#over = error ? { error } : {};
    this.#ending.abort();
    this.#wake.resolve();
    this.#forget(this);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Change, undefined>> {
    for (;;) {
      const [first] = this.#waiting;
      if (first) {
        this.#waiting.delete(first[0]);
        return { done: false, value: first[1] };
      }
      if (this.#over?.error) throw this.#over.error;
      if (this.#over) return { done: true, value: undefined };
      const woken = this.#wake;
      await woken.promise;
      // Of several waiting readers the first one back sets up the next wait, for all of them.
      if (this.#wake === woken && !this.#over) this.#wake = Promise.withResolvers();
    }
  }

  async return(): Promise<IteratorResult<Change, undefined>> {
    this.#waiting.clear();
    this.close();
    return { done: true, value: undefined };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  readonly #deliver = (change: Change): void => {
    if (this.#over) return;
    this.#waiting.set(change.kind === "list" ? `list ${change.list}` : change.uri, change);
    if (this.#waiting.size <= MOST_WAITING) return this.#wake.resolve();
    this.close();
    this.#over = {
      error: new Error(
        `${MOST_WAITING} changes were not read in time; read the subscription faster.`,
      ),
    };
  };

  #deliverAll(granted: SubscriptionFilter): void {
    const { tools, prompts, resources, uris = [] } = requestOf(granted);
    if (tools) this.#deliver({ kind: "list", list: "tools" });
    if (prompts) this.#deliver({ kind: "list", list: "prompts" });
    if (resources) this.#deliver({ kind: "list", list: "resources" });
    for (const uri of uris) this.#deliver({ kind: "resource", uri });
  }
}

function filterOf({ tools, prompts, resources, uris }: SubscriptionRequest): SubscriptionFilter {
  return {
    ...(tools && { toolsListChanged: true }),
    ...(prompts && { promptsListChanged: true }),
    ...(resources && { resourcesListChanged: true }),
    ...(uris && { resourceSubscriptions: [...uris] }),
  };
}

function requestOf(filter: SubscriptionFilter): SubscriptionRequest {
  const { toolsListChanged, promptsListChanged, resourcesListChanged, resourceSubscriptions } =
    filter;
  return {
    ...(toolsListChanged && { tools: true }),
    ...(promptsListChanged && { prompts: true }),
    ...(resourcesListChanged && { resources: true }),
    ...(resourceSubscriptions && { uris: resourceSubscriptions }),
  };
}

/** True when what went wrong may go right the next time. */
function isPassing(error: unknown): boolean {
  if (error instanceof HttpError) return error.status === 429 || error.status >= 500;
  return error instanceof RequestLost || error instanceof RequestTimeout;
}
