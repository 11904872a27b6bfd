/** What `work` comes to, unless the caller gives up before; the work goes on for those who share it. */
export async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  // Where nobody waits any more its failure concerns nobody.
  work.catch(() => undefined);
  signal.throwIfAborted();
  const { promise: given, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(signal.reason);
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    return await Promise.race([work, given]);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}
