import type { RequestId } from "../jsonrpc/message.ts";
import type { Notice, ReportProgress } from "./call.ts";

/** Lets bursts through and holds a steady rate after them. */
export class RateLimit {
  #tokens: number;
  #last: number;
  readonly #burst: number;
  readonly #perSecond: number;
  readonly #now: () => number;

  /**
   * @param burst how many may pass at once
   * @param perSecond how many a second may pass after that
   * @param now the clock, in milliseconds
   */
  constructor(burst: number, perSecond: number, now: () => number = () => performance.now()) {
    this.#burst = burst;
    this.#perSecond = perSecond;
    this.#now = now;
    this.#tokens = burst;
    this.#last = now();
  }

  /** True when one more may pass now. */
  take(): boolean {
    const now = this.#now();
    this.#tokens = Math.min(
      this.#burst,
      this.#tokens + ((now - this.#last) * this.#perSecond) / 1000,
    );
    this.#last = now;
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}

const BURST = 20;
const PER_SECOND = 20;

/**
 * Makes the reporter of one call. Values that do not increase are dropped (basic/patterns/progress: MUST
 * increase), and so are values beyond the rate (SHOULD limit), except the one that reaches the total.
 */
export function progressReporter(
  progressToken: RequestId,
  emit: (notice: Notice) => void,
  limit = new RateLimit(BURST, PER_SECOND),
): ReportProgress {
  let last = Number.NEGATIVE_INFINITY;
  return (progress, total, message) => {
    // What JSON cannot say (NaN, Infinity) would arrive as null.
    if (!Number.isFinite(progress) || progress <= last) return;
    const final = progress === total;
    if (!limit.take() && !final) return;
    last = progress;
    emit({
      method: "notifications/progress",
      params: {
        progressToken,
        progress,
        ...(Number.isFinite(total) && { total: total as number }),
        ...(message !== undefined && { message }),
      },
    });
  };
}
