import { setTimeout as sleep } from "node:timers/promises";
import { RemoteError } from "./failures.ts";
import type { Layer, Outgoing } from "./fetch.ts";
import { waitAskedFor } from "./retry-after.ts";

/** How persistent to be. */
export interface RetryRules {
  /** Attempts after the first. Default 3. */
  readonly retries?: number;
  /** The first pause, in milliseconds; each further one doubles. Default 500. */
  readonly firstPauseMs?: number;
  /** Never wait longer than this at once, in milliseconds; the answer is returned instead. Default 30,000. */
  readonly longestPauseMs?: number;
  /** Whether this answer means "not now". Default: 429 and 503, and of requests that only read any 5xx. */
  readonly isTransient?: (response: Response, request: Outgoing) => boolean;
}

/**
 * Sends again what was not served for the moment, after the pause the service asked for or a growing one, with jitter.
 * A request that changes something is sent again only where the answer says that it was not served.
 */
export function retry({
  retries = 3,
  firstPauseMs = 500,
  longestPauseMs = 30_000,
  isTransient = isUnserved,
}: RetryRules = {}): Layer {
  return (next) => async (request) => {
    for (let attempt = 0; ; attempt++) {
      const mayRepeat = attempt < retries;
      const usual = firstPauseMs * 2 ** attempt * (0.5 + Math.random());
      let pause = usual;
      try {
        const response = await next(request);
        if (!mayRepeat || !isTransient(response, request)) return response;
        const asked = waitAskedFor(response.headers, Date.now());
        // Spread out: everybody who was refused was told the same time.
        pause = asked === undefined ? usual : asked + Math.random() * firstPauseMs;
        if (pause > longestPauseMs) return response;
        await response.body?.cancel();
      } catch (error) {
        const wasLost = error instanceof RemoteError && error.failure === "unreachable";
        if (!mayRepeat || !wasLost || !onlyReads(request)) throw error;
      }
      await sleep(pause, undefined, { signal: request.signal });
    }
  };
}

function isUnserved({ status }: Response, request: Outgoing): boolean {
  return status === 429 || status === 503 || (status >= 500 && onlyReads(request));
}

function onlyReads({ method }: Outgoing): boolean {
  return method === "GET" || method === "HEAD";
}
