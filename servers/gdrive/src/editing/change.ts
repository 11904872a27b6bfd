import { RemoteError } from "@portico/remote-api";
import { GoogleError } from "../google/error.ts";

const UNKNOWN =
  "Whether the change was made is not known: read what is there before trying again, or it may be made twice.";

/**
 * Sends a change, once. Where the answer is lost on the way, the error says that nobody knows what became of it.
 * @throws {GoogleError} when Google refuses
 * @throws {RemoteError} when no usable answer comes
 */
export async function change<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof GoogleError && error.status >= 500) {
      throw new GoogleError(`${error.message} ${UNKNOWN}`, error.status, error.reason);
    }
    if (error instanceof RemoteError && MAY_BE_DONE.has(error.failure)) {
      throw new RemoteError(error.failure, `${error.message} ${UNKNOWN}`);
    }
    throw error;
  }
}

const MAY_BE_DONE = new Set<RemoteError["failure"]>(["unreachable", "timeout", "too-large"]);
