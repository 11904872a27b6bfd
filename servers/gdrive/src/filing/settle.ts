import { setTimeout as sleep } from "node:timers/promises";
import { RemoteError } from "@portico/remote-api";
import { GoogleError } from "../google/error.ts";

/** Something to be done at Google's once. */
export interface Change<T> {
  /** Asks for it. */
  readonly send: () => Promise<T>;
  /** What it came to, should it have happened; absent where Google cannot tell. */
  readonly look?: () => Promise<T | undefined>;
  /** Where to look when nobody knows, as "search shows whether the file is there." */
  readonly unknown: string;
  readonly signal: AbortSignal;
  /** How often it is asked for at most. Default 3. */
  readonly tries?: number;
}

const PAUSE_MS = 500;

/**
 * Does something once although answers get lost: where it is not known whether it happened, it looks, and asks again
 * only for what did not happen.
 * @throws {GoogleError} when Google refuses
 * @throws {RemoteError} when no answer comes; it says whether something was changed, or that nobody knows
 */
export async function settle<T>({ send, look, unknown, signal, tries = 3 }: Change<T>): Promise<T> {
  for (let tried = 1; ; tried++) {
    try {
      return await send();
    } catch (error) {
      if (!isUnsure(error)) throw error;
      const found = look && (await seenBy(look, signal));
      if (found?.value !== undefined) return found.value;
      if (!found) throw saying(error, `It is not known whether it happened: ${unknown}`);
      if (tried === tries) throw saying(error, "Nothing was changed.");
      await sleep(PAUSE_MS * tried * (0.5 + Math.random()), undefined, { signal });
    }
  }
}

/** What a look showed; nothing where it did not succeed either. */
async function seenBy<T>(
  look: () => Promise<T | undefined>,
  signal: AbortSignal,
): Promise<{ readonly value: T | undefined } | undefined> {
  try {
    return { value: await look() };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
}

/** Whether it may have happened all the same; 409 says that an id is taken, by an earlier attempt. */
function isUnsure(error: unknown): error is GoogleError | RemoteError {
  if (error instanceof GoogleError) return error.status >= 500 || error.status === 409;
  return error instanceof RemoteError && error.failure !== "no-credentials";
}

function saying(error: GoogleError | RemoteError, sentence: string): Error {
  const message = `${error.message} ${sentence}`;
  return error instanceof RemoteError
    ? new RemoteError(error.failure, message, error.retryAfterSeconds)
    : new GoogleError(message, error.status, error.reason);
}
