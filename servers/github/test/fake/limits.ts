import { refuse } from "./answers.ts";
import type { FakeAnswer } from "./github.ts";

/** What a token may ask in a while. */
export interface FakeLimits {
  /** Beyond it the secondary limit answers, with `Retry-After`. */
  readonly perSecond?: number;
  readonly perHour?: number;
}

interface Spent {
  used: number;
  second: number;
  inSecond: number;
}

/** Counts requests as GitHub does: by token, and not those whose answer had not changed. */
export class Limits {
  readonly #limits: FakeLimits;
  readonly #spent = new Map<string, Spent>();
  readonly #reset = Math.floor(Date.now() / 1_000) + 3_600;

  constructor(limits: FakeLimits) {
    this.#limits = limits;
  }

  /** Counts a request; a refusal when it is one too many. */
  count(token: string): FakeAnswer | undefined {
    const spent = this.#of(token);
    const now = Date.now();
    if (now - spent.second >= 1_000) Object.assign(spent, { second: now, inSecond: 0 });
    if (++spent.inSecond > (this.#limits.perSecond ?? Number.POSITIVE_INFINITY)) {
      return refuse(403, "You have exceeded a secondary rate limit.", {}, { "retry-after": "1" });
    }
    if (++spent.used > this.#most) {
      spent.used = this.#most;
      return refuse(403, "API rate limit exceeded for user ID 1.");
    }
    return undefined;
  }

  /** Takes a request back. */
  free(token: string): void {
    this.#of(token).used--;
  }

  headers(token: string): Record<string, string> {
    const { used } = this.#of(token);
    return {
      "x-ratelimit-limit": String(this.#most),
      "x-ratelimit-remaining": String(this.#most - used),
      "x-ratelimit-used": String(used),
      "x-ratelimit-reset": String(this.#reset),
      "x-ratelimit-resource": "core",
    };
  }

  get #most(): number {
    return this.#limits.perHour ?? 5_000;
  }

  #of(token: string): Spent {
    const spent = this.#spent.get(token) ?? { used: 0, second: 0, inSecond: 0 };
    this.#spent.set(token, spent);
    return spent;
  }
}
