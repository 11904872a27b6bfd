import { GoogleError } from "../google/error.ts";
import type { Google } from "../google/google.ts";
import { changesSince, startOfChanges } from "./changes.ts";

/** Milliseconds between two looks. */
const EVERY_MS = 30_000;

/** Most files watched in the name of one account. */
const MOST_WATCHED = 500;

/** What Google answers to a cursor it does not know any more. */
const FORGOTTEN: ReadonlySet<number> = new Set([400, 404, 410]);

/** Asks Google for changes in the name of one account, only while somebody waits for them. */
export class ChangeFeed {
  readonly #google: Google;
  readonly #everyMs: number;
  readonly #stop = new AbortController();
  readonly #watched = new Set<{ readonly id: string; readonly changed: () => void }>();
  #cursor: Promise<string> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  constructor(google: Google, everyMs: number = EVERY_MS) {
    this.#google = google;
    this.#everyMs = everyMs;
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
    const leave = () => {
      this.#watched.delete(watched);
      if (this.#watched.size > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
      // What changes while nobody waits is nobody's news.
      this.#cursor = undefined;
    };
    try {
      this.#cursor ??= startOfChanges(this.#google, this.#stop.signal);
      await this.#cursor;
    } catch (error) {
      leave();
      this.#cursor = undefined;
      throw error;
    }
    if (this.#watched.has(watched)) {
      this.#timer ??= setInterval(() => void this.look(), this.#everyMs).unref();
    }
    return leave;
  }

  /** Looks at once, and tells whom it concerns. */
  async look(): Promise<void> {
    const from = this.#cursor;
    if (this.#isLooking || from === undefined) return;
    this.#isLooking = true;
    try {
      const { ids, cursor } = await this.#idsSince(await from);
      if (this.#cursor === from) this.#cursor = Promise.resolve(cursor);
      for (const { id, changed } of [...this.#watched]) if (ids.has(id)) changed();
    } catch (error) {
      // Nobody asked for this look; whoever reads a file is told what is wrong.
      if (error instanceof GoogleError && FORGOTTEN.has(error.status)) await this.#startAnew(from);
    } finally {
      this.#isLooking = false;
    }
  }

  /** Looks no more. */
  close(): void {
    this.#stop.abort();
    clearInterval(this.#timer);
    this.#watched.clear();
  }

  /** Google keeps changes for a while only; anything may have happened since then. */
  async #startAnew(from: Promise<string>): Promise<void> {
    const start = startOfChanges(this.#google, this.#stop.signal);
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
      const page = await changesSince(this.#google, cursor, this.#stop.signal, 1_000);
      for (const { fileId } of page.changes) if (fileId) ids.add(fileId);
      cursor = page.cursor;
      if (!page.hasMore) return { ids, cursor };
    }
  }
}
