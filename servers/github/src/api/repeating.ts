import type { OctokitPlugin } from "@octokit/core/types";
import type { RetryOptions, RetryPlugin } from "@octokit/plugin-retry";
import { RemoteError, waitAskedFor } from "@portico/remote-api";
import { onlyReads } from "./only-reads.ts";
import { headersOf, type Thrown } from "./thrown.ts";

const MOST_REPEATS = 3;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/**
 * What @octokit/plugin-retry is told: to decide nothing, since it would send writes again as well and knows neither jitter
 * nor `Retry-After`, and to take pauses in milliseconds.
 */
export const RETRY: RetryOptions = {
  doNotRetry: Array.from({ length: 200 }, (_, at) => 400 + at),
  retryAfterBaseValue: 1,
};

/**
 * Has @octokit/plugin-retry, which must come after it, send again what only reads and GitHub could not serve: after the
 * pause it asks for, or a growing one, with jitter.
 */
export const repeating: OctokitPlugin = (octokit) => {
  octokit.hook.error("request", (error, asked) => {
    const { signal, retryCount = 0 } = asked.request;
    // What has no request in it did not come from asking, as the reason of whoever gave up.
    if (signal?.aborted || !("request" in error) || !onlyReads(asked)) throw error;
    const pause = pauseAfter(error, retryCount);
    if (pause === undefined) throw error;
    const { retry } = octokit as typeof octokit & RetryPlugin;
    throw retry.retryRequest(error as Failed, MOST_REPEATS, pause);
  });
};

/** What the plugin takes. */
type Failed = Parameters<RetryPlugin["retry"]["retryRequest"]>[0];

/** How long to wait before it is worth trying again, in milliseconds; undefined when it is not. */
function pauseAfter({ status, response, cause }: Thrown, repeats: number): number | undefined {
  const usual = FIRST_PAUSE_MS * 2 ** repeats * (0.5 + Math.random());
  if (cause instanceof RemoteError && cause.failure === "unreachable") return usual;
  if (!response || status === undefined || status < 500) return undefined;
  const asked = waitAskedFor(headersOf(response), Date.now());
  if (asked === undefined) return usual;
  // Spread out: everybody who was refused was told the same time.
  const pause = asked + Math.random() * FIRST_PAUSE_MS;
  return pause > LONGEST_PAUSE_MS ? undefined : pause;
}
