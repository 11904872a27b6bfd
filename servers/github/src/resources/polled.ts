import { JSON_RPC, RpcError } from "@portico/core";

/** Milliseconds between two looks: GitHub asks pollers of its feeds for no less than a minute. */
const EVERY_MS = 60_000;

/** Most resources looked at again and again, for all clients together. */
const MOST_WATCHED = 100;

/** Tells one state of a thing from another, as its ETag does. */
type Look = (signal: AbortSignal) => Promise<string>;

interface Watched {
  readonly look: Look;
  readonly changed: () => void;
  last: string;
}

/** Asks GitHub whether resources changed, only while somebody is subscribed to them. */
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
   * Calls `changed` when `look` gives something else than before, until the returned function is called.
   * @throws {RpcError} when too much is watched; and what the first look throws
   */
  async watch(look: Look, changed: () => void): Promise<() => void> {
    if (this.#watched.size >= MOST_WATCHED) {
      throw new RpcError(
        JSON_RPC.internalError,
        `${MOST_WATCHED} resources are watched already; unsubscribe from some first.`,
      );
    }
    const watched = { look, changed, last: await look(this.#stop.signal) };
    this.#watched.add(watched);
    this.#plan();
    return () => {
      this.#watched.delete(watched);
      if (this.#watched.size === 0) this.#rest();
    };
  }

  /** Looks no more. */
  close(): void {
    this.#stop.abort();
    this.#watched.clear();
    this.#rest();
  }

  /** The next look begins only when this one is over, however long GitHub lets it wait. */
  #plan(): void {
    if (this.#isLooking || this.#watched.size === 0) return;
    this.#timer ??= setTimeout(() => void this.#look(), this.#everyMs).unref();
  }

  async #look(): Promise<void> {
    this.#timer = undefined;
    this.#isLooking = true;
    for (const watched of [...this.#watched]) await this.#lookAt(watched);
    this.#isLooking = false;
    this.#plan();
  }

  #rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #lookAt(watched: Watched): Promise<void> {
    const now = await watched.look(this.#stop.signal).catch(() => undefined);
    // What cannot be asked just now is not known to have changed.
    if (now === undefined || now === watched.last || !this.#watched.has(watched)) return;
    watched.last = now;
    watched.changed();
  }
}
