import { ConnectionClosed } from "../kernel/pending.ts";
import { jittered, pause } from "../transport/http/client-pause.ts";
import type { Session } from "./session.ts";

/** How often in a row a server may fail before it is given up. */
const MOST_FAILURES = 8;
/** The longest pause before the first restart, in milliseconds; it doubles with each failure in a row. */
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 10_000;
/** A connection that held this long, in milliseconds, ends a row of failures. */
const STABLE_MS = 30_000;

/** What a supervisor needs done for it. */
export interface Upkeep {
  /** Opens a connection, unless `signal` gives that up. */
  readonly open: (signal: AbortSignal | undefined) => Promise<Session>;
  /** False when a lost connection stays lost. */
  readonly restarts: boolean;
  /** Brings a new connection to where the lost one was, before anything else uses it. */
  readonly restore: (session: Session, reason: Error, attempt: number) => Promise<void>;
}

/**
 * Keeps one connection to a server up. basic/transports/stdio: a client SHOULD restart a server that
 * crashed; it does so after pauses that grow, at random lengths so that many clients do not march in step.
 */
export class Supervisor {
  readonly #upkeep: Upkeep;
  readonly #over = Promise.withResolvers<Error | undefined>();
  readonly #closing = new AbortController();
  #session: Session;
  #next: Promise<Session> | undefined;
  #restarting: Promise<void> | undefined;
  #failures = 0;
  #since = Date.now();

  private constructor(upkeep: Upkeep, session: Session) {
    this.#upkeep = upkeep;
    this.#session = session;
    this.#watch(session);
  }

  /**
   * Opens the first connection; a server that does not start at all is not tried again.
   * @param signal gives up this first connection
   */
  static async start(upkeep: Upkeep, signal: AbortSignal | undefined): Promise<Supervisor> {
    return new Supervisor(upkeep, await upkeep.open(signal));
  }

  /** The newest connection, which may be over. */
  get latest(): Session {
    return this.#session;
  }

  /** Resolves when there will be no further connection: with the reason, or nothing after {@link close}. */
  get over(): Promise<Error | undefined> {
    return this.#over.promise;
  }

  /** True when a lost connection is replaced. */
  get restarts(): boolean {
    return this.#upkeep.restarts;
  }

  /**
   * The connection to use now; waits for a restart that is under way.
   * @throws {ConnectionClosed} when there will be none
   */
  session(): Session | Promise<Session> {
    if (this.#next) return this.#next;
    // The end of a connection is known a moment before its restart begins.
    return this.#session.isOver ? this.#session.over.then(() => this.session()) : this.#session;
  }

  /** Ends the connection for good, also one that is just being opened. Idempotent. */
  async close(): Promise<void> {
    if (!this.#closing.signal.aborted) {
      const closed = new ConnectionClosed("This client is closed.");
      this.#closing.abort(closed);
      this.#end(closed);
      this.#over.resolve(undefined);
    }
    await this.#session.close();
    await this.#restarting;
  }

  #watch(session: Session): void {
    void session.over.then((reason) => {
      if (this.#closing.signal.aborted) return;
      if (!this.#upkeep.restarts) return this.#giveUp(reason);
      const next = this.#restart(reason);
      this.#next = next;
      this.#restarting = next.then(
        () => undefined,
        (error) => this.#giveUp(error),
      );
    });
  }

  async #restart(reason: Error): Promise<Session> {
    if (Date.now() - this.#since > STABLE_MS) this.#failures = 0;
    let last = reason;
    while (++this.#failures <= MOST_FAILURES) {
      await pause(pauseBefore(this.#failures), this.#closing.signal);
      try {
        return await this.#reopen(reason);
      } catch (error) {
        this.#closing.signal.throwIfAborted();
        last = error as Error;
      }
    }
    throw new ConnectionClosed(
      `The server went down ${MOST_FAILURES} times in a row and was given up: ${last.message}`,
      { cause: last },
    );
  }

  async #reopen(reason: Error): Promise<Session> {
    const { signal } = this.#closing;
    const session = await this.#upkeep.open(signal);
    const close = () => void session.close();
    signal.addEventListener("abort", close);
    try {
      signal.throwIfAborted();
      await this.#upkeep.restore(session, reason, this.#failures);
      signal.throwIfAborted();
    } catch (error) {
      await session.close();
      throw error;
    } finally {
      signal.removeEventListener("abort", close);
    }
    this.#session = session;
    this.#since = Date.now();
    this.#next = undefined;
    this.#watch(session);
    return session;
  }

  #giveUp(reason: Error): void {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(reason);
    this.#end(reason);
    this.#over.resolve(reason);
  }

  #end(reason: Error): void {
    this.#next = Promise.reject(reason);
    this.#next.catch(() => undefined);
  }
}

function pauseBefore(failures: number): number {
  return jittered(Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS));
}
