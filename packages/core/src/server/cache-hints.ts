/** How long a client may keep an answer, and whether others may share it. */
export interface CacheHint {
  /** Milliseconds; 0 means ask again every time. */
  readonly ttlMs: number;
  /** `private` answers stay with the caller they were given to. */
  readonly cacheScope: "public" | "private";
}

/** Hints for the methods whose results carry them (server/utilities/caching). */
export interface CacheHints {
  readonly "server/discover": CacheHint;
  readonly "tools/list": CacheHint;
  readonly "prompts/list": CacheHint;
  readonly "resources/list": CacheHint;
  readonly "resources/templates/list": CacheHint;
  readonly "resources/read": CacheHint;
}

const FIXED: CacheHint = { ttlMs: 300_000, cacheScope: "public" };
const FRESH: CacheHint = { ttlMs: 0, cacheScope: "private" };

/**
 * The hints a definition gives: what cannot change while it runs may be kept, the rest may not.
 * @param fixed of which lists every caller finds the same at all times
 * @param given what the author decided
 */
export function cacheHints(
  fixed: { readonly tools: boolean; readonly prompts: boolean },
  given: Partial<CacheHints> = {},
): CacheHints {
  return {
    "server/discover": FIXED,
    "tools/list": fixed.tools ? FIXED : FRESH,
    "prompts/list": fixed.prompts ? FIXED : FRESH,
    "resources/list": FRESH,
    "resources/templates/list": FIXED,
    "resources/read": FRESH,
    ...given,
  };
}
