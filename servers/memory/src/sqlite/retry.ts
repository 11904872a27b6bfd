import { setTimeout as pause } from "node:timers/promises";
import { isBusy } from "./errors.ts";

/** How long a lock of another process is waited for, in milliseconds. */
const PATIENCE = 30_000;
const LONGEST_PAUSE = 40;

/**
 * Tries `attempt` until no other process is in its way. The pauses are random, so that processes that wait for each
 * other part, and asynchronous, so that this one goes on meanwhile.
 * @throws what `attempt` throws, once it is another error or 30 seconds have passed
 */
export async function whenFree<T>(attempt: () => T): Promise<T> {
  const deadline = Date.now() + PATIENCE;
  for (let longest = 1; ; longest = Math.min(longest * 2, LONGEST_PAUSE)) {
    try {
      return attempt();
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
    }
    await pause(Math.random() * longest);
  }
}
