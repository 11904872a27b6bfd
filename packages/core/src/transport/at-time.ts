/** Longest time a timer can wait, in milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/**
 * Calls `act` once it is `time`, in milliseconds since the epoch; at once, but not before this returned, when that
 * is past. Keeps no process alive.
 * @returns how to call it off
 */
export function atTime(time: number, act: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const wait = (): void => {
    const left = time - Date.now();
    timer = setTimeout(left > LONGEST_MS ? wait : act, Math.min(Math.max(left, 0), LONGEST_MS));
    // Not everywhere a timer is an object.
    (timer as { unref?: () => void }).unref?.();
  };
  wait();
  return () => clearTimeout(timer);
}
