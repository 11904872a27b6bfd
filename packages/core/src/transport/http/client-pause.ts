/** A longer delay would overflow `setTimeout` and fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Resolves after `milliseconds`; rejects with the signal's reason when it aborts first. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      if (signal.aborted) reject(signal.reason);
      else resolve();
    };
    const timer = setTimeout(end, Math.min(milliseconds, LONGEST_TIMER_MS));
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

/** A random length around `milliseconds`, never more: many clients do not come back at the same moment. */
export function jittered(milliseconds: number): number {
  return milliseconds * (0.5 + Math.random() / 2);
}
