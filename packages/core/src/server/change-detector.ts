import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import { Poller } from "./poller.ts";

/** Tells one state of a thing from another: its ETag, a version, or all it holds. */
export type Look = (signal: AbortSignal) => Promise<string>;

/** How a {@link ChangeDetector} looks. */
export interface ChangeDetectorOptions {
  /** Milliseconds from the end of one round of looks to the beginning of the next. */
  readonly everyMs: number;
  /** Most things looked at, for all clients together. Default 100. */
  readonly most?: number;
}

interface Watched {
  readonly look: Look;
  readonly changed: () => void;
  /** What the last look gave; absent until there was one. */
  last: string | undefined;
}

/**
 * Finds out by looking what nobody tells: whether resources changed, one after the other, and only while somebody is
 * subscribed to them. One serves a whole server: call it in the `watch` of resources, and close it with the server.
 */
export class ChangeDetector {
  readonly #most: number;
  readonly #watched = new Set<Watched>();
  readonly #poller: Poller;

  constructor({ everyMs, most = 100 }: ChangeDetectorOptions) {
    this.#most = most;
    this.#poller = new Poller({ everyMs, poll: (signal) => this.#round(signal) });
  }

  /**
   * Looks, and again and again until the returned function is called; calls `changed` whenever a look gives something
   * else than the one before. One that fails later says nothing of the thing, and is passed over.
   * @throws {RpcError} -32603 when too much is watched; and what the first look throws
   */
  async watch(look: Look, changed: () => void): Promise<() => void> {
    if (this.#watched.size >= this.#most) {
      const message = `${this.#most} resources are watched already; unsubscribe from some first.`;
      throw new RpcError(JSON_RPC.internalError, message);
    }
    const watched: Watched = { look, changed, last: undefined };
    this.#watched.add(watched);
    try {
      watched.last = await look(this.#poller.signal);
    } catch (error) {
      this.#watched.delete(watched);
      throw error;
    }
    const stop = this.#poller.start();
    return () => {
      this.#watched.delete(watched);
      stop();
    };
  }

  /** Looks no more. */
  close(): void {
    this.#poller.close();
    this.#watched.clear();
  }

  async #round(signal: AbortSignal): Promise<void> {
    for (const watched of [...this.#watched]) await this.#lookAt(watched, signal);
  }

  async #lookAt(watched: Watched, signal: AbortSignal): Promise<void> {
    if (watched.last === undefined) return;
    const now = await watched.look(signal).catch(() => undefined);
    if (now === undefined || now === watched.last || !this.#watched.has(watched)) return;
    watched.last = now;
    watched.changed();
  }
}
