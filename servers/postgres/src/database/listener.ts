import type { Connection } from "./connection.ts";
import { DatabaseError } from "./database.ts";

/** Milliseconds until the first attempt to come back, doubled up to the last. */
const FIRST_WAIT_MS = 250;
const LAST_WAIT_MS = 30_000;

/** Milliseconds a LISTEN may take. */
const LISTEN_MS = 10_000;

type Notified = (payload: string) => void;

/** One connection that hears for everybody, open while somebody listens. */
export class Listener {
  readonly #open: (lost: (connection: Connection) => void) => Promise<Connection>;
  readonly #channels = new Map<string, Set<Notified>>();
  #connection: Promise<Connection> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #wait = FIRST_WAIT_MS;
  #closed = false;

  constructor(open: (lost: (connection: Connection) => void) => Promise<Connection>) {
    this.#open = open;
  }

  /**
   * Calls `notified` with the payload of every notification on `channel`.
   * @throws {DatabaseError} when the connection cannot be made; afterwards it comes back by itself
   */
  async listen(channel: string, notified: Notified): Promise<() => void> {
    if (this.#closed) throw new DatabaseError("over", "The server is shutting down.");
    await this.#inTurn(() => this.#add(channel, notified));
    return () => void this.#inTurn(() => this.#remove(channel, notified)).catch(() => {});
  }

  /** Hears nothing any more. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#channels.clear();
    const connection = await this.#connection?.catch(() => undefined);
    this.#connection = undefined;
    await connection?.end();
  }

  async #add(channel: string, notified: Notified): Promise<void> {
    const heard = this.#channels.get(channel);
    if (heard) return void heard.add(notified);
    this.#channels.set(channel, new Set([notified]));
    try {
      await this.#say("LISTEN", channel);
    } catch (error) {
      this.#channels.delete(channel);
      throw error;
    }
  }

  async #remove(channel: string, notified: Notified): Promise<void> {
    const heard = this.#channels.get(channel);
    if (!heard?.delete(notified) || heard.size > 0) return;
    this.#channels.delete(channel);
    if (this.#channels.size > 0) return this.#say("UNLISTEN", channel);
    clearTimeout(this.#timer);
    const connection = await this.#connection;
    this.#connection = undefined;
    await connection?.end();
  }

  async #say(verb: "LISTEN" | "UNLISTEN", channel: string): Promise<void> {
    const connection = await this.#connect();
    const sql = `${verb} "${channel.replaceAll('"', '""')}"`;
    await connection.run([], { run: { sql } }, { timeoutMs: LISTEN_MS });
  }

  #connect(): Promise<Connection> {
    this.#connection ??= this.#open(() => this.#lost()).then(
      (connection) => {
        connection.onNotification((channel, payload) => this.#tell(channel, payload));
        return connection;
      },
      (error: unknown) => {
        this.#connection = undefined;
        throw error;
      },
    );
    return this.#connection;
  }

  #lost(): void {
    this.#connection = undefined;
    if (this.#closed || this.#channels.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#inTurn(() => this.#comeBack()), this.#wait).unref();
    this.#wait = Math.min(this.#wait * 2, LAST_WAIT_MS);
  }

  /** Listeners are told that something may have happened while nobody heard it. */
  async #comeBack(): Promise<void> {
    try {
      for (const channel of this.#channels.keys()) await this.#say("LISTEN", channel);
      this.#wait = FIRST_WAIT_MS;
    } catch {
      void this.#connection?.then((connection) => connection.destroy());
      return this.#lost();
    }
    for (const channel of this.#channels.keys()) this.#tell(channel, "");
  }

  #tell(channel: string, payload: string): void {
    for (const notified of this.#channels.get(channel) ?? []) notified(payload);
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => {});
    return turn;
  }
}
