import type { Reach } from "../reach.ts";
import { ChangeFeed } from "./change-feed.ts";

/** Milliseconds between two looks. */
const EVERY_MS = 30_000;

/** The feeds of changes of all accounts somebody watches files of. */
export class Feeds {
  readonly #everyMs: number;
  readonly #feeds = new Map<object, ChangeFeed>();

  /** @param everyMs milliseconds between two looks */
  constructor(everyMs: number = EVERY_MS) {
    this.#everyMs = everyMs;
  }

  /** The feed of the account that is reached. */
  of(google: Reach): ChangeFeed {
    const feed = this.#feeds.get(google.account) ?? new ChangeFeed(google, this.#everyMs);
    this.#feeds.set(google.account, feed);
    return feed;
  }

  /** Looks no more. */
  close(): void {
    for (const feed of this.#feeds.values()) feed.close();
    this.#feeds.clear();
  }
}
