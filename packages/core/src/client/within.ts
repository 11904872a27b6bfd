import { RequestTimeout, type WaitOptions } from "../kernel/pending.ts";

/**
 * Waits for something a request needs before it can be sent, no longer than for its answer.
 * @throws the signal's reason, or {@link RequestTimeout}
 */
export async function within<T>(
  awaited: Promise<T>,
  { signal, timeoutMs = 60_000 }: Pick<WaitOptions, "signal" | "timeoutMs">,
): Promise<T> {
  const given = Promise.withResolvers<never>();
  const abort = () => given.reject(signal?.reason);
  const late = () =>
    given.reject(new RequestTimeout(`The server was not back within ${timeoutMs} ms.`));
  const timer = setTimeout(late, Math.min(timeoutMs, 2 ** 31 - 1));
  signal?.addEventListener("abort", abort);
  try {
    signal?.throwIfAborted();
    return await Promise.race([awaited, given.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", abort);
  }
}
