import { isSevere, type LoggingLevel } from "../protocol/index.ts";
import type { JsonValue } from "../schema/json-schema.ts";
import type { LogWriter, Notice } from "./call.ts";
import { RateLimit } from "./rate-limit.ts";

/** How many log messages may pass: at once, and a second after that. */
export interface LogRate {
  readonly burst: number;
  readonly perSecond: number;
}

/** The rate of one call. */
const OF_CALL: LogRate = { burst: 100, perSecond: 50 };
/** The rate of all calls of one session together. */
export const OF_SESSION: LogRate = { burst: 500, perSecond: 250 };

/**
 * Limits log messages (server/utilities/logging: SHOULD rate limit). What is an error has a limit of its own, so
 * that no amount of milder messages keeps it back.
 */
export class LogLimit {
  readonly #errors: RateLimit;
  readonly #others: RateLimit;

  /** @param now the clock, in milliseconds */
  constructor({ burst, perSecond }: LogRate, now?: () => number) {
    this.#errors = new RateLimit(burst, perSecond, now);
    this.#others = new RateLimit(burst, perSecond, now);
  }

  /** True when one more message of `level` may pass now. */
  take(level: LoggingLevel): boolean {
    return (isSevere(level, "error") ? this.#errors : this.#others).take();
  }
}

/** The log messages of one call, all its runs and inner calls included: no more than a client can use. */
export class CallLog implements LogWriter {
  readonly #threshold: LoggingLevel;
  readonly #emit: (notice: Notice) => void;
  readonly #limits: readonly LogLimit[];
  #dropped = 0;

  /**
   * @param threshold the mildest level the caller wants
   * @param session the limit this call shares with others
   * @param own the limit of this call
   */
  constructor(
    threshold: LoggingLevel,
    emit: (notice: Notice) => void,
    session?: LogLimit | undefined,
    own: LogLimit = new LogLimit(OF_CALL),
  ) {
    this.#threshold = threshold;
    this.#emit = emit;
    this.#limits = session ? [own, session] : [own];
  }

  write(level: LoggingLevel, data: JsonValue, logger?: string): void {
    if (!isSevere(level, this.#threshold)) return;
    if (!this.#take(level)) {
      this.#dropped++;
      return;
    }
    this.#send({ level, ...(logger !== undefined && { logger }), data });
    if (this.#dropped > 0 && this.#take("warning")) this.tellDropped();
  }

  /** Says how many messages were dropped since this was last said; nothing when none were. */
  tellDropped(): void {
    if (this.#dropped === 0) return;
    const data = `${this.#dropped} log messages were dropped here: there were too many in too short a time.`;
    this.#dropped = 0;
    // A caller that wants nothing milder than an alert gets it as one, since an alert is what was dropped.
    const level = isSevere("warning", this.#threshold) ? "warning" : this.#threshold;
    this.#send({ level, data });
  }

  /** What the call's own limit refuses must not use up the others'. */
  #take(level: LoggingLevel): boolean {
    return this.#limits.every((limit) => limit.take(level));
  }

  #send(params: Notice["params"]): void {
    this.#emit({ method: "notifications/message", params });
  }
}
