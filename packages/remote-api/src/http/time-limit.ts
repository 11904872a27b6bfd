import { RemoteError } from "./failures.ts";
import type { Layer } from "./fetch.ts";

/**
 * Gives a request, its body included, at most `milliseconds`, and says in one sentence what went wrong on the way.
 * The caller's own abort passes through to the socket as it is.
 */
export function limitTime(milliseconds: number): Layer {
  return (next) => async (request) => {
    const patience = AbortSignal.timeout(milliseconds);
    const signal = AbortSignal.any([request.signal, patience]);
    try {
      return await next({ ...request, signal });
    } catch (error) {
      request.signal.throwIfAborted();
      if (error instanceof RemoteError) throw error;
      const host = request.url.host;
      if (patience.aborted) {
        const message = `${host} did not answer within ${milliseconds / 1_000} s; try again later.`;
        throw new RemoteError("timeout", message);
      }
      throw new RemoteError("unreachable", `${host} cannot be reached (${causeOf(error)}).`);
    }
  };
}

/** The system's name of a network error, as ECONNREFUSED: its text may hold an address. */
function causeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === "string" ? cause.code : "network error";
}
