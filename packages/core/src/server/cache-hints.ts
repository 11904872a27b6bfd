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
/** For what may be different the next time. */
export const FRESH: CacheHint = { ttlMs: 0, cacheScope: "private" };

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

/** The hints for what several give together: each answer is kept no longer, and shared no wider, than any of them allows. */
export function leastOf(
  parts: readonly { readonly cache: CacheHints; readonly handlers: ReadonlyMap<string, unknown> }[],
): CacheHints {
  const hints = Object.entries(parts[0]?.cache ?? {}).map(([method, own]: [string, CacheHint]) => {
    const given = parts.filter(({ handlers }) => handlers.has(method));
    const all = given.map(({ cache }) => cache[method as keyof CacheHints]);
    return [method, all.reduce(lesser, all[0] ?? own)] as const;
  });
  return Object.fromEntries(hints) as unknown as CacheHints;
}

function lesser(one: CacheHint, other: CacheHint): CacheHint {
  return {
    ttlMs: Math.min(one.ttlMs, other.ttlMs),
    cacheScope: one.cacheScope === other.cacheScope ? one.cacheScope : "private",
  };
}
