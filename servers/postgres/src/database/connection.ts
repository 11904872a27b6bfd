import { type Aim, type Answer, Batch, type Step } from "./batch.ts";
import { DatabaseError } from "./database.ts";
import { cancelled, statementFailure, tookTooLong } from "./failure.ts";
import type { KeptStatements } from "./kept-statements.ts";
import { isServerError, type WireClient } from "./wire.ts";

/** Milliseconds beyond a statement's limit until a server that does not answer is given up. */
const GRACE_MS = 5_000;

/** Milliseconds a server may take to close a connection we said goodbye on. */
const GOODBYE_MS = 1_000;

/** How one batch is to be run. */
export interface Run {
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds the server allows it. */
  readonly timeoutMs: number;
  /** Whether the session shall first forget what is kept no longer: nothing that is still being read. */
  readonly forget?: boolean;
  /** What shall follow in the same piece, see {@link Connection.whole}. */
  readonly after?: readonly Step[];
}

/** A session with the server, which runs one batch at a time. */
export class Connection {
  /** What a transaction has to set because this session has it otherwise. */
  settingsToFix: readonly Step[] = [];
  /** What the session keeps planned, where it is one session for as long as the connection lasts. */
  kept: KeptStatements | undefined;
  readonly #client: WireClient;
  readonly #sendCancel: (client: WireClient) => Promise<void>;
  readonly #answerBytes: number;
  #received = 0;
  #failure: DatabaseError | undefined;
  #ended = false;
  #interrupt: (() => void) | undefined;
  #whole: Promise<void> = Promise.resolve();
  /** Told when the server is ready for the next batch, or never will be. */
  #ready: (() => void) | undefined;

  constructor(
    client: WireClient,
    options: {
      readonly sendCancel: (client: WireClient) => Promise<void>;
      readonly answerBytes: number;
      readonly lost: (connection: Connection) => void;
    },
  ) {
    this.#client = client;
    this.#sendCancel = options.sendCancel;
    this.#answerBytes = options.answerBytes;
    const lost = (error?: unknown) => {
      this.#failure ??= error === undefined ? undefined : statementFailure(error);
      this.#ready?.();
      if (this.#ended) return;
      this.#ended = true;
      options.lost(this);
    };
    client.on("error", lost);
    client.on("end", lost);
    client.connection.on("readyForQuery", () => this.#ready?.());
    client.connection.stream.on("data", (chunk: Buffer) => this.#count(chunk.length));
  }

  /** False once the connection is gone or was given up. */
  get isUsable(): boolean {
    return !this.#ended;
  }

  /** `I` outside of a transaction, `T` in one, `E` in one that failed. */
  get status(): string {
    return this.#client.getTransactionStatus() ?? "";
  }

  /** Bytes the last batch was answered with. */
  get received(): number {
    return this.#received;
  }

  /** Resolves once all of the last batch was run, also what was to follow its aim; rejects where that failed. */
  get whole(): Promise<void> {
    return this.#whole;
  }

  /**
   * Sends `steps` and `aim` in one piece and waits for the answer to `aim`. Aborting the signal cancels them in the
   * server; this then rejects when the server is done with it, so that the cancel can hit nothing else.
   * @throws {DatabaseError}
   */
  async run(
    steps: readonly Step[],
    aim: Aim,
    { signal, timeoutMs, forget, after }: Run,
  ): Promise<Answer> {
    if (signal?.aborted) throw cancelled();
    if (this.#ended) throw this.#failure ?? statementFailure(undefined);
    this.#received = 0;
    const started = performance.now();
    const batch = new Batch(steps, aim, this.kept, forget ? this.kept?.takeDropped() : [], after);
    this.#whole = batch.whole;
    const given = this.#patience(timeoutMs);
    const ready = new Promise<void>((resolve) => {
      this.#ready = () => {
        clearTimeout(given);
        resolve();
      };
    });
    let cancelling: Promise<void> | undefined;
    let stuck: NodeJS.Timeout | undefined;
    const interrupt = () => {
      stuck ??= setTimeout(() => this.destroy(), GRACE_MS).unref();
      cancelling ??= this.#sendCancel(this.#client).catch(() => this.destroy());
    };
    this.#interrupt = interrupt;
    signal?.addEventListener("abort", interrupt, { once: true });
    try {
      this.#client.query(batch);
      return await batch.answer;
    } catch (error) {
      // Only then is it known whether the transaction goes on, and a cancel can hit nothing that comes after.
      await ready;
      if (cancelling) throw cancelled();
      if (isInterrupted(error) && performance.now() - started >= timeoutMs) throw tookTooLong();
      throw this.#failure ?? statementFailure(error);
    } finally {
      clearTimeout(stuck);
      signal?.removeEventListener("abort", interrupt);
      this.#interrupt = undefined;
      await cancelling;
    }
  }

  /** Cancels what runs, if anything does. */
  interrupt(): void {
    this.#interrupt?.();
  }

  /** Hears of notifications; the connection is then used for nothing else. */
  onNotification(heard: (channel: string, payload: string) => void): void {
    this.#client.on("notification", ({ channel, payload }) => heard(channel, payload ?? ""));
  }

  /** Says goodbye to the server. */
  async end(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    const unheard = setTimeout(() => this.destroy(), GOODBYE_MS);
    await this.#client.end();
    clearTimeout(unheard);
  }

  /** Gives the connection up without a word; the server rolls back what was open. */
  destroy(): void {
    this.#ended = true;
    this.#client.connection.stream.destroy();
  }

  /** Only of answers: a connection that listens may hear any amount in its life. */
  #count(bytes: number): void {
    if (!this.#interrupt) return;
    this.#received += bytes;
    if (this.#received <= this.#answerBytes) return;
    const most = Math.floor(this.#answerBytes / 1024 / 1024);
    const message = `The answer is larger than ${most} MiB at once; ask for fewer rows, or for a part of the large value with substring().`;
    this.#failure ??= new DatabaseError("too-large", message);
    this.destroy();
  }

  /** Lets a server go that says nothing, long after its own time-out should have ended the statement. */
  #patience(timeoutMs: number): NodeJS.Timeout | undefined {
    if (timeoutMs === 0) return undefined;
    return setTimeout(() => {
      const message =
        "The database did not answer in time, so the connection was given up; try again.";
      this.#failure ??= new DatabaseError("timeout", message);
      this.destroy();
    }, timeoutMs + GRACE_MS).unref();
  }
}

/** One SQLSTATE stands for a time-out and for a cancel by others; what is said of them may be in any language. */
function isInterrupted(error: unknown): boolean {
  return isServerError(error) && error.code === "57014";
}
