import { Poller } from "@portico/core";
import { changesSince, startOfChanges } from "../files/changes.ts";
import { GoogleError } from "../google/error.ts";
import type { Google } from "../google/google.ts";

/** Most files watched in the name of one account. */
const MOST_WATCHED = 500;

/** What Google answers to a cursor it does not know any more. */
const FORGOTTEN: ReadonlySet<number> = new Set([400, 404, 410]);

/** Asks Google for changes in the name of one account, only while somebody waits for them. */
export class ChangeFeed {
  readonly #google: Google;
  readonly #poller: Poller;
  readonly #watched = new Set<{ readonly id: string; readonly changed: () => void }>();
  #cursor: Promise<string> | undefined;

  /** @param everyMs milliseconds between two looks */
  constructor(google: Google, everyMs: number) {
    this.#google = google;
    this.#poller = new Poller({ everyMs, poll: () => this.look() });
  }

  /**
   * Calls `changed` when the file of this id changes, until the returned function is called.
   * @throws {GoogleError} when too much is watched, or Google refuses
   */
  async watch(id: string, changed: () => void): Promise<() => void> {
    if (this.#watched.size >= MOST_WATCHED) {
      throw new GoogleError(`${MOST_WATCHED} files are watched already; unsubscribe from some.`);
    }
    const watched = { id, changed };
    this.#watched.add(watched);
    const stop = this.#poller.start();
    const leave = () => {
      this.#watched.delete(watched);
      stop();
      // What changes while nobody waits is nobody's news.
      if (this.#watched.size === 0) this.#cursor = undefined;
    };
    try {
      this.#cursor ??= startOfChanges(this.#google, this.#poller.signal);
      await this.#cursor;
    } catch (error) {
      leave();
      this.#cursor = undefined;
      throw error;
    }
    return leave;
  }

  /** Looks at once, and tells whom it concerns. */
  async look(): Promise<void> {
    const from = this.#cursor;
    if (from === undefined) return;
    try {
      const { ids, cursor } = await this.#idsSince(await from);
      if (this.#cursor === from) this.#cursor = Promise.resolve(cursor);
      for (const { id, changed } of [...this.#watched]) if (ids.has(id)) changed();
    } catch (error) {
      // Nobody asked for this look; whoever reads a file is told what is wrong.
      if (error instanceof GoogleError && FORGOTTEN.has(error.status)) await this.#startAnew(from);
    }
  }

  /** Looks no more. */
  close(): void {
    this.#poller.close();
    this.#watched.clear();
  }

  /** Google keeps changes for a while only; anything may have happened since then. */
  async #startAnew(from: Promise<string>): Promise<void> {
    const start = startOfChanges(this.#google, this.#poller.signal);
    const isThere = await start.then(
      () => true,
      () => false,
    );
    if (!isThere || this.#cursor !== from) return;
    this.#cursor = start;
    for (const { changed } of [...this.#watched]) changed();
  }

  async #idsSince(from: string): Promise<{ ids: ReadonlySet<string>; cursor: string }> {
    const ids = new Set<string>();
    for (let cursor = from; ; ) {
      const page = await changesSince(this.#google, cursor, this.#poller.signal, 1_000);
      for (const { fileId } of page.changes) if (fileId) ids.add(fileId);
      cursor = page.cursor;
      if (!page.hasMore) return { ids, cursor };
    }
  }
}
