const queues = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * Does `work` when no other work of the same owner and name is being done, so that of many who need the same
 * token one asks for it and the others find it. Whoever waits may give up by `signal`.
 */
export async function exclusively<T>(
  owner: object,
  name: string,
  signal: AbortSignal | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const queue = queues.get(owner) ?? new Map<string, Promise<unknown>>();
  queues.set(owner, queue);
  const before = queue.get(name);
  const { promise: done, resolve: release } = Promise.withResolvers<void>();
  const after = before ? before.then(() => done) : done;
  queue.set(name, after);
  try {
    await aborted(before, signal);
    return await work();
  } finally {
    release();
    if (queue.get(name) === after) queue.delete(name);
  }
}

async function aborted(before: Promise<unknown> | undefined, signal: AbortSignal | undefined) {
  signal?.throwIfAborted();
  if (!before || !signal) return before;
  const { promise: given, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(signal.reason);
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    await Promise.race([before, given]);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}
