import { JSON_RPC, RpcError } from "@portico/core";

/** Milliseconds between two looks. */
const EVERY_MS = 10_000;

/** Most resources looked at again and again, for all clients together. */
const MOST_WATCHED = 200;

interface Watched {
  readonly read: (signal: AbortSignal) => Promise<string>;
  readonly changed: () => void;
  last: string;
}

/** Looks at resources whose changes nobody tells of, only while somebody is subscribed to them. */
export class Polled {
  readonly #everyMs: number;
  readonly #watched = new Set<Watched>();
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  constructor(everyMs: number = EVERY_MS) {
    this.#everyMs = everyMs;
  }

  /**
   * Calls `changed` when `read` gives another text than before, until the returned function is called.
   * @throws {RpcError} when too much is watched; and what `read` throws
   */
  async watch(read: Watched["read"], changed: () => void): Promise<() => void> {
    if (this.#watched.size >= MOST_WATCHED) {
      throw new RpcError(
        JSON_RPC.internalError,
        `${MOST_WATCHED} resources are watched already; unsubscribe from some first.`,
      );
    }
    const watched = { read, changed, last: await read(this.#stop.signal) };
    this.#watched.add(watched);
    this.#timer ??= setInterval(() => void this.#look(), this.#everyMs).unref();
    return () => {
      this.#watched.delete(watched);
      if (this.#watched.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  /** Looks no more. */
  close(): void {
    this.#stop.abort();
    clearInterval(this.#timer);
    this.#watched.clear();
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    for (const watched of [...this.#watched]) await this.#lookAt(watched);
    this.#isLooking = false;
  }

  async #lookAt(watched: Watched): Promise<void> {
    // Gone, forbidden or out of reach is a state like others: whoever reads it is told which.
    const now = await watched.read(this.#stop.signal).catch((error: Error) => error.message);
    if (now === watched.last || !this.#watched.has(watched)) return;
    watched.last = now;
    watched.changed();
  }
}
