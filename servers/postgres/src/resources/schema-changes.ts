import { Changes } from "@portico/core";
import { schemaFingerprint } from "../catalogue/fingerprint.ts";
import type { Databases } from "../database/database.ts";

/** Milliseconds between two looks at a catalogue. */
const EVERY_MS = 10_000;

/** Milliseconds a look may take. */
const LOOK_MS = 5_000;

/**
 * Announces that the list of resources changed. PostgreSQL tells nobody, so that one has to look: only while somebody
 * listens, and only at databases whose list somebody has read.
 */
export class SchemaChanges extends Changes {
  readonly #databases: Databases;
  readonly #everyMs: number;
  readonly #known = new Map<string, string>();
  readonly #stop = new AbortController();
  #listeners = 0;
  #timer: NodeJS.Timeout | undefined;
  #isLooking = false;

  constructor(databases: Databases, everyMs: number = EVERY_MS) {
    super();
    this.#databases = databases;
    this.#everyMs = everyMs;
  }

  /** Notes what a database was like when its list was read. */
  listed(database: string, fingerprint: string): void {
    this.#known.set(database, fingerprint);
    this.#watch();
  }

  override listen(listener: Parameters<Changes["listen"]>[0]): () => void {
    const silence = super.listen(listener);
    this.#listeners++;
    this.#watch();
    let isSilent = false;
    return () => {
      if (isSilent) return;
      isSilent = true;
      silence();
      if (--this.#listeners > 0) return;
      clearInterval(this.#timer);
      this.#timer = undefined;
    };
  }

  /** Looks no more. */
  close(): void {
    this.#stop.abort();
    clearInterval(this.#timer);
  }

  #watch(): void {
    if (this.#listeners === 0 || this.#known.size === 0 || this.#stop.signal.aborted) return;
    this.#timer ??= setInterval(() => void this.#look(), this.#everyMs).unref();
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return;
    this.#isLooking = true;
    const looks = [...this.#known].map(([name, known]) => this.#hasChanged(name, known));
    const changed = await Promise.all(looks);
    this.#isLooking = false;
    if (changed.includes(true)) this.listChanged("resources");
  }

  async #hasChanged(name: string, known: string): Promise<boolean> {
    const use = { signal: this.#stop.signal, timeoutMs: LOOK_MS };
    try {
      const now = await this.#databases.get(name).read(use, schemaFingerprint);
      if (now === known || this.#known.get(name) !== known) return false;
      this.#known.set(name, now);
      return true;
    } catch {
      // Nobody asked for this look; whoever uses the database is told what is wrong with it.
      return false;
    }
  }
}
