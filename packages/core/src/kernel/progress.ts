import type { RequestId } from "../jsonrpc/message.ts";
import type { Notice, ReportProgress } from "./call.ts";
import { RateLimit } from "./rate-limit.ts";

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
