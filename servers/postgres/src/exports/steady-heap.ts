/** How many runs want the heap as it is. */
let running = 0;

/**
 * Runs `work` while V8 gives new objects no more room than they have. Rows that pass through need none; but V8 doubles it
 * when enough has survived since it last did, what was loaded for them included, and then uses all of it: 4 of the 81 MB
 * that an export of 100,000 rows took.
 */
export async function withSteadyHeap<T>(work: () => Promise<T>): Promise<T> {
  const { setFlagsFromString } = await import("node:v8");
  if (running++ === 0) setFlagsFromString("--semi-space-growth-factor=1");
  try {
    return await work();
  } finally {
    if (--running === 0) setFlagsFromString("--semi-space-growth-factor=2");
  }
}
