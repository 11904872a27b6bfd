import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from "rate-limiter-flexible";
import type { Call } from "../kernel/call.ts";
import type { Middleware } from "../kernel/compose.ts";
import { failed } from "../kernel/outcome.ts";
import { RateLimited } from "../kernel/rate-limited.ts";
import { nameOf } from "./facts.ts";
import { RecentKeys } from "./recent-keys.ts";

/** So many calls in each window of so many seconds. */
export interface Rate {
  readonly calls: number;
  readonly seconds: number;
}

/** How much one caller may ask for. */
export interface RateLimitOptions {
  /** All calls of one caller. Default: no limit. */
  readonly calls?: Rate;
  /** Calls of one caller to one tool, by its name. */
  readonly tools?: Readonly<Record<string, Rate>>;
  /**
   * A connected client of `ioredis` or `redis`, where several replicas share the limits. While it cannot be
   * reached each replica counts by itself. Default: counted in this process.
   */
  readonly redis?: object;
  /** What the keys in Redis begin with. Default `portico`. */
  readonly prefix?: string;
}

/** Most callers counted in this process at once; the one that has been quiet longest is forgotten first. */
const MOST_KEYS = 100_000;

/**
 * Refuses calls of a principal over its limit with {@link RateLimited}, which says when to come back. Everybody
 * who did not authenticate is one caller. Each request counts, and each call that one tool makes to another.
 * @throws {TypeError} when a rate is not a whole number of calls and seconds, at least 1 each
 */
export function rateLimit(options: RateLimitOptions): Middleware {
  const ofCaller = options.calls && limiter("calls", options.calls, options);
  const byTool = new Map(
    Object.entries(options.tools ?? {}).map(([tool, rate]) => {
      return [tool, limiter(`tool:${tool}`, rate, options)] as const;
    }),
  );
  return async function limitRate(call, next) {
    if (isReentry(call)) return next(call);
    const key = call.principal === undefined ? "anonymous" : `id:${call.principal.id}`;
    const ofTool = call.method === "tools/call" ? byTool.get(nameOf(call) ?? "") : undefined;
    const wait = (await ofCaller?.(key)) ?? (await ofTool?.(key));
    return wait === undefined ? next(call) : failed(new RateLimited(wait));
  };
}

/**
 * True where a handler is entered again in this process, with answers that came as responses and not as a
 * request. A request that brings answers counts: it can be sent any number of times.
 */
function isReentry({ answers, depth = 0, params }: Call): boolean {
  const isAnswered = answers.given.size > 0 || answers.steps.size > 0;
  const isRequest = params.requestState !== undefined || params.inputResponses !== undefined;
  return isAnswered && !isRequest && depth === 0;
}

/** Counts one call of a caller; the milliseconds to wait when it is one too many. */
type Limiter = (key: string) => Promise<number | undefined>;

function limiter(name: string, { calls, seconds }: Rate, options: RateLimitOptions): Limiter {
  if (!(isCount(calls) && isCount(seconds))) {
    throw new TypeError("A rate needs whole numbers of calls and seconds, at least 1 each.");
  }
  const { redis, prefix = "portico" } = options;
  const settings = { keyPrefix: `${prefix}:rate:${name}`, points: calls, duration: seconds };
  const memory = new RateLimiterMemory(settings);
  const limits: RateLimiterAbstract = redis
    ? new RateLimiterRedis({
        ...settings,
        storeClient: redis,
        useRedisPackage: isNodeRedis(redis),
        rejectIfRedisNotReady: true,
        insuranceLimiter: memory,
      })
    : memory;
  const recent = new RecentKeys(MOST_KEYS, (key) => void memory.delete(key));
  return async (key) => {
    recent.touch(key);
    try {
      await limits.consume(key);
      return undefined;
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) return refusal.msBeforeNext;
      throw refusal;
    }
  };
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1;
}

/** The two libraries take arguments in different ways; only `redis` has this method. */
function isNodeRedis(client: object): boolean {
  return "sendCommand" in client && !("defineCommand" in client);
}
