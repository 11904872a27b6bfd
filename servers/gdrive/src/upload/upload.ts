import { setTimeout as sleep } from "node:timers/promises";
import { RemoteError, waitAskedFor } from "@portico/remote-api";
import type { Content } from "./content.ts";
import {
  arrived,
  askStatus,
  type Begin,
  beginSession,
  type Session,
  sendPart,
  type Uploads,
} from "./session.ts";

/** What to upload, and whom to tell. */
export interface Upload extends Omit<Begin, "size"> {
  readonly content: Content;
  /** Hears how many bytes have arrived. */
  readonly progress: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** Failures one after the other, without a byte arriving in between, after which it ends. */
const MOST_FAILURES = 5;
/** Each further pause doubles. */
const FIRST_PAUSE_MS = 500;
/** Bytes sent at once; Drive wants a multiple of 256 KiB. */
const PART_BYTES = 2 * 1024 * 1024;

/** Never wait longer than this at once. */
const LONGEST_PAUSE_MS = 30_000;

/**
 * Uploads content part by part. A part that is lost is sent again from where Drive says it stands, so nothing is
 * there twice.
 * @returns Drive's last answer, which may be a refusal
 * @throws {RemoteError} when the parts do not get through
 */
export async function upload(uploads: Uploads, what: Upload): Promise<Response> {
  const run = new Run(uploads, what);
  for (;;) {
    const answer = await run.session();
    if (answer !== "gone") return answer;
  }
}

class Run {
  readonly #uploads: Uploads;
  readonly #what: Upload;
  readonly #failures: Failures;
  #told = 0;

  constructor(uploads: Uploads, what: Upload) {
    this.#uploads = uploads;
    this.#what = what;
    this.#failures = new Failures(what.signal);
  }

  /** Goes through one session; `gone` where Drive has forgotten it before the end. */
  async session(): Promise<Response | "gone"> {
    const session = await this.#begin();
    if (session instanceof Response) return session;
    let position = 0;
    for (;;) {
      const answer = await this.#next(session, position);
      if (answer === "gone") return answer;
      const reached = arrived(answer);
      if (answer.ok) this.#tell(this.#what.content.size);
      if (reached === undefined) return answer;
      await answer.body?.cancel();
      if (reached > position) {
        this.#failures.forget();
        this.#tell(reached);
      } else {
        await this.#failures.count();
      }
      position = reached;
    }
  }

  /** Drive may lose what had arrived; who is told shall only see it grow. */
  #tell(bytes: number): void {
    if (bytes <= this.#told) return;
    this.#told = bytes;
    this.#what.progress(bytes);
  }

  async #begin(): Promise<Session | Response> {
    const { content, signal, ...begin } = this.#what;
    for (;;) {
      const answer = await attempt(() =>
        beginSession(this.#uploads, { ...begin, size: content.size }, signal),
      );
      if (!(answer instanceof Failure)) return answer;
      await this.#failures.count(answer);
    }
  }

  /** Sends the part at `position`, or asks where the upload stands when that failed. */
  async #next(session: Session, position: number): Promise<Response | "gone"> {
    const { content, signal } = this.#what;
    const length = Math.min(PART_BYTES, content.size - position);
    const ask = () => askStatus(this.#uploads, session, signal);
    const part = length > 0 ? await content.read(position, length) : undefined;
    const send = () => (part ? sendPart(this.#uploads, session, position, part, signal) : ask());
    let answer = await attempt(send);
    while (answer instanceof Failure) {
      await this.#failures.count(answer);
      answer = await attempt(ask);
    }
    if (answer.status !== 404 && answer.status !== 410) return answer;
    await answer.body?.cancel();
    await this.#failures.count();
    return "gone";
  }
}

/** What may go better the next time: nobody was reached, or Drive could not serve it. */
class Failure {
  readonly cause: Response | RemoteError;

  constructor(cause: Response | RemoteError) {
    this.cause = cause;
  }
}

async function attempt<T>(send: () => Promise<T>): Promise<T | Failure> {
  try {
    const answer = await send();
    const isRefused = answer instanceof Response && (answer.status >= 500 || answer.status === 429);
    return isRefused ? new Failure(answer) : answer;
  } catch (error) {
    const isLost =
      error instanceof RemoteError && ["unreachable", "timeout"].includes(error.failure);
    if (isLost) return new Failure(error);
    throw error;
  }
}

/** Failures since the last byte arrived. */
class Failures {
  readonly #signal: AbortSignal;
  #count = 0;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  forget(): void {
    this.#count = 0;
  }

  /** Waits after a failure. @throws {RemoteError} when there were too many */
  async count(failure?: Failure): Promise<void> {
    this.#signal.throwIfAborted();
    const asked = await pauseAskedFor(failure);
    if (++this.#count > MOST_FAILURES || (asked ?? 0) > LONGEST_PAUSE_MS) {
      throw failure?.cause instanceof RemoteError
        ? failure.cause
        : new RemoteError("unreachable", STUCK);
    }
    const usual = FIRST_PAUSE_MS * 2 ** (this.#count - 1) * (0.5 + Math.random());
    const pause = asked ?? usual;
    await sleep(pause, undefined, { signal: this.#signal });
  }
}

const STUCK = "Google Drive kept refusing parts of the upload; try again later.";

async function pauseAskedFor(failure: Failure | undefined): Promise<number | undefined> {
  if (!(failure?.cause instanceof Response)) return undefined;
  await failure.cause.body?.cancel();
  return waitAskedFor(failure.cause.headers, Date.now());
}
