import { RemoteError } from "./failures.ts";
import type { Layer } from "./fetch.ts";
import { withBody } from "./size-limit.ts";

/**
 * Gives a request, its body included, at most `milliseconds`, and says in one sentence what went wrong on the way.
 * The caller's own abort passes through to the socket as it is.
 */
export function limitTime(milliseconds: number): Layer {
  return (next) => async (request) => {
    const patience = AbortSignal.timeout(milliseconds);
    const signal = AbortSignal.any([request.signal, patience]);
    const explain = (error: unknown, what: string): unknown => {
      if (request.signal.aborted) return request.signal.reason;
      if (error instanceof RemoteError) return error;
      const host = request.url.host;
      if (patience.aborted) {
        const message = `${host} did not answer within ${milliseconds / 1_000} s; try again later.`;
        return new RemoteError("timeout", message);
      }
      return new RemoteError("unreachable", `${host} ${what} (${causeOf(error)}).`);
    };
    try {
      const response = await next({ ...request, signal });
      if (!response.body) return response;
      const brokenOff = (error: unknown) => explain(error, "broke off its answer");
      return withBody(response, explained(response.body, brokenOff));
    } catch (error) {
      throw explain(error, "cannot be reached");
    }
  };
}

/** The same bytes; what ends them before their time is explained. */
function explained(
  body: ReadableStream<Uint8Array>,
  explain: (error: unknown) => unknown,
): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      } catch (error) {
        controller.error(explain(error));
      }
    },
    cancel: (reason) => reader.cancel(reason),
  });
}

/** The system's name of a network error, as ECONNREFUSED: its text may hold an address. */
function causeOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === "string" ? cause.code : "network error";
}
