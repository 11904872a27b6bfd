import type { Connection } from "./connection.ts";
import { DatabaseError } from "./database.ts";
import { cancelled } from "./failure.ts";

/** What a pool keeps to. */
export interface PoolOptions {
  readonly maxConnections: number;
  readonly queueTimeoutMs: number;
  readonly idleConnectionMs: number;
  /** Makes a connection, and calls `lost` when it dies later. */
  readonly open: (lost: (connection: Connection) => void) => Promise<Connection>;
}

interface Waiter {
  readonly resolve: (connection: Connection) => void;
  readonly reject: (error: unknown) => void;
}

/** Connections lent to one user at a time; who finds none waits in line. */
export class Pool {
  readonly #options: PoolOptions;
  readonly #idle: { readonly connection: Connection; readonly timer: NodeJS.Timeout }[] = [];
  readonly #lent = new Set<Connection>();
  readonly #waiting: Waiter[] = [];
  #opening = 0;
  #returning = 0;
  #closed = false;
  #emptied: (() => void) | undefined;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /**
   * Lends a connection. The one used last comes first, so that those too many become idle and are closed.
   * @throws {DatabaseError} when none can be made, when none becomes free in time, and when `signal` is aborted
   */
  acquire(signal: AbortSignal | undefined): Promise<Connection> {
    if (signal?.aborted) return Promise.reject(cancelled());
    if (this.#closed) return Promise.reject(closed());
    const idle = this.#idle.pop();
    if (idle) {
      clearTimeout(idle.timer);
      this.#lent.add(idle.connection);
      return Promise.resolve(idle.connection);
    }
    return this.#wait(signal);
  }

  /** Takes a connection back once `reset` has removed what its user left on it; it is given up when that fails. */
  async release(connection: Connection, reset: () => Promise<void>): Promise<void> {
    if (!connection.isUsable || this.#closed) return this.remove(connection);
    this.#returning += 1;
    try {
      await reset();
    } catch {
      connection.destroy();
    } finally {
      this.#returning -= 1;
    }
    if (!connection.isUsable || this.#closed) return this.remove(connection);
    this.#offer(connection);
  }

  /** Gives a connection up. */
  remove(connection: Connection): void {
    connection.destroy();
    const index = this.#idle.findIndex((idle) => idle.connection === connection);
    if (index >= 0) clearTimeout(this.#idle.splice(index, 1)[0]?.timer);
    this.#lent.delete(connection);
    if (this.#closed) return this.#announceEmpty();
    this.#openForWaiting();
  }

  /** Gives up every connection nobody uses: one was found dead, and a restart kills all. */
  dropIdle(): void {
    for (const { connection } of this.#idle.slice()) this.remove(connection);
  }

  /** Cancels what runs, waits until all came back or `patienceMs` is over, and closes every connection. */
  async close(patienceMs: number): Promise<void> {
    this.#closed = true;
    for (const waiter of this.#waiting.splice(0)) waiter.reject(closed());
    const idle = this.#idle.splice(0);
    for (const { timer } of idle) clearTimeout(timer);
    const goodbyes = idle.map(({ connection }) => connection.end());
    for (const connection of this.#lent) connection.interrupt();
    await this.#empty(patienceMs);
    for (const connection of this.#lent) connection.destroy();
    await Promise.all(goodbyes);
  }

  #wait(signal: AbortSignal | undefined): Promise<Connection> {
    const { promise, resolve, reject } = Promise.withResolvers<Connection>();
    const waiter = { resolve, reject };
    this.#waiting.push(waiter);
    const leave = (error: DatabaseError) => {
      const index = this.#waiting.indexOf(waiter);
      if (index >= 0) this.#waiting.splice(index, 1);
      reject(error);
    };
    const aborted = () => leave(cancelled());
    signal?.addEventListener("abort", aborted, { once: true });
    const timer = setTimeout(() => leave(this.#busy()), this.#options.queueTimeoutMs);
    this.#openForWaiting();
    return promise.finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", aborted);
    });
  }

  /** Opens as many as wait and will not be served by one that is on its way. */
  #openForWaiting(): void {
    while (
      this.#waiting.length > this.#opening + this.#returning &&
      this.#size() < this.#options.maxConnections
    ) {
      void this.#open();
    }
  }

  async #open(): Promise<void> {
    this.#opening += 1;
    try {
      const connection = await this.#options.open((lost) => this.remove(lost));
      this.#opening -= 1;
      this.#offer(connection);
    } catch (error) {
      this.#opening -= 1;
      this.#failed(error);
    }
  }

  /**
   * A server that is full still serves the connections it gave us, or is about to, so there is something to wait for.
   * When it gave us none, and none is being asked for, nobody who waits has a better chance.
   */
  #failed(error: unknown): void {
    const isFull = error instanceof DatabaseError && error.code === "too-many-connections";
    const isHopeless = this.#lent.size + this.#opening === 0;
    if (isFull && !isHopeless) return;
    const refused = this.#waiting.splice(0, isHopeless ? this.#waiting.length : 1);
    for (const waiter of refused) waiter.reject(error);
    this.#openForWaiting();
  }

  #offer(connection: Connection): void {
    if (this.#closed || !connection.isUsable) return this.remove(connection);
    const waiter = this.#waiting.shift();
    if (waiter) {
      this.#lent.add(connection);
      waiter.resolve(connection);
      return;
    }
    this.#lent.delete(connection);
    const timer = setTimeout(() => this.#retire(connection), this.#options.idleConnectionMs);
    this.#idle.push({ connection, timer: timer.unref() });
  }

  #retire(connection: Connection): void {
    const index = this.#idle.findIndex((idle) => idle.connection === connection);
    this.#idle.splice(index, 1);
    void connection.end();
  }

  #size(): number {
    return this.#idle.length + this.#lent.size + this.#opening;
  }

  #busy(): DatabaseError {
    const { maxConnections, queueTimeoutMs } = this.#options;
    const message = `All ${maxConnections} connections to the database were busy for ${queueTimeoutMs / 1000} s; try again in a moment.`;
    return new DatabaseError("too-many-connections", message);
  }

  async #empty(patienceMs: number): Promise<void> {
    if (this.#lent.size === 0) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#emptied = resolve;
    const timer = setTimeout(resolve, patienceMs);
    await promise;
    clearTimeout(timer);
  }

  #announceEmpty(): void {
    if (this.#lent.size === 0) this.#emptied?.();
  }
}

function closed(): DatabaseError {
  return new DatabaseError("over", "The server is shutting down.");
}
