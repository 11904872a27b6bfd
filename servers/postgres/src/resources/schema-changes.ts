import { Changes, Poller } from "@portico/core";
import { schemaFingerprint } from "../catalogue/fingerprint.ts";
import type { Databases } from "../database/database.ts";

/** Milliseconds a look may take. */
const LOOK_MS = 5_000;

/**
 * Announces that the list of resources changed. PostgreSQL tells nobody, so that one has to look: only while somebody
 * listens, and only at databases whose list somebody has read.
 */
export class SchemaChanges extends Changes {
  readonly #databases: Databases;
  readonly #known = new Map<string, string>();
  readonly #poller: Poller;

  /** @param everyMs milliseconds between two looks at the catalogues */
  constructor(databases: Databases, everyMs: number) {
    super();
    this.#databases = databases;
    this.#poller = new Poller({ everyMs, poll: (signal) => this.#look(signal) });
  }

  /** Notes what a database was like when its list was read. */
  listed(database: string, fingerprint: string): void {
    this.#known.set(database, fingerprint);
  }

  override listen(listener: Parameters<Changes["listen"]>[0]): () => void {
    const silence = super.listen(listener);
    const stop = this.#poller.start();
    return () => {
      silence();
      stop();
    };
  }

  /** Looks no more. */
  close(): void {
    this.#poller.close();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const looks = [...this.#known].map(([name, known]) => this.#hasChanged(name, known, signal));
    const changed = await Promise.all(looks);
    if (changed.includes(true)) this.listChanged("resources");
  }

  async #hasChanged(name: string, known: string, signal: AbortSignal): Promise<boolean> {
    try {
      const use = { signal, timeoutMs: LOOK_MS };
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
