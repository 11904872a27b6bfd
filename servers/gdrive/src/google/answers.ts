import { cache, type Layer, type Outgoing } from "@portico/remote-api";

/** How long, in milliseconds, an answer is used without asking again. Drive has no tags by which to ask whether it holds. */
const FRESH_MS = 5_000;
/** Most bytes of answers to keep for an account: descriptions of files, no contents. */
const MOST_BYTES = 2_000_000;
/** What an answer depends on besides its address: Google lets some files be read only by who names their key. */
const VARY = ["accept", "x-goog-drive-resource-keys"];

/** The layers of one account that answer from what it was answered before, and that forget it. */
export interface AnswersOfAccount {
  /** For what may be some seconds old. */
  readonly kept: Layer;
  /** For everything else. */
  readonly forgetting: Layer;
}

/**
 * Keeps the answers to one account, which no other is given. Google marks all of them as not to be stored, which keeps
 * them off disks and out of proxies; here they stay in memory, for the account they were given to, for seconds.
 */
export function answersOfAccount(): AnswersOfAccount {
  const kept = cache({
    freshMs: FRESH_MS,
    mostBytes: MOST_BYTES,
    keepsUnstorable: true,
    vary: VARY,
  });
  return {
    kept,
    forgetting: (next) => async (request) => {
      if (!bringsNews(request)) return next(request);
      kept.forget();
      try {
        return await next(request);
      } finally {
        // Also when it failed: it may have happened all the same.
        kept.forget();
      }
    },
  };
}

/** Whoever changed something, or heard of a change, must not be told what was before. */
function bringsNews({ method, url }: Outgoing): boolean {
  return method !== "GET" || url.pathname.endsWith("/changes");
}
