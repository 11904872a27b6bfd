import { CannotVerify, InvalidToken, type VerifiedToken } from "./token.ts";

/** How long a token that was found good is not looked at again, in milliseconds: so long a revoked one may live. */
const GOOD_MS = 60_000;
/** The same for a bad one. */
const BAD_MS = 5_000;
/** Most tokens remembered, good and bad each. */
const MOST_TOKENS = 5_000;
/** Most tokens looked at at once. */
const MOST_PENDING = 1_000;

/** Looks at a token. */
export type Look = (token: string) => Promise<VerifiedToken>;

/**
 * Remembers what tokens came to, so that one is not verified for every request it comes with, and only once
 * when many requests bring it together. A failure to verify is not remembered.
 */
export class TokenCache {
  readonly #look: Look;
  readonly #good = new Recent<VerifiedToken>();
  readonly #bad = new Recent<InvalidToken>();
  readonly #pending = new Map<string, Promise<VerifiedToken>>();

  constructor(look: Look) {
    this.#look = look;
  }

  /** @throws {InvalidToken | CannotVerify} what looking at it throws */
  get(token: string): VerifiedToken | Promise<VerifiedToken> {
    const good = this.#good.get(token);
    if (good) return good;
    const bad = this.#bad.get(token);
    if (bad) throw bad;
    const pending = this.#pending.get(token);
    if (pending) return pending;
    if (this.#pending.size >= MOST_PENDING) {
      throw new CannotVerify("Too many tokens are being checked.");
    }
    const looking = this.#lookAt(token).finally(() => this.#pending.delete(token));
    this.#pending.set(token, looking);
    return looking;
  }

  async #lookAt(token: string): Promise<VerifiedToken> {
    try {
      const verified = await this.#look(token);
      const end =
        verified.expires === undefined ? Number.POSITIVE_INFINITY : verified.expires * 1000;
      this.#good.set(token, verified, Math.min(end, Date.now() + GOOD_MS));
      return verified;
    } catch (error) {
      if (error instanceof InvalidToken) this.#bad.set(token, error, Date.now() + BAD_MS);
      throw error;
    }
  }
}

/** Values that are forgotten when their time is up, or when there are too many and they are the oldest. */
class Recent<T> {
  readonly #values = new Map<string, { readonly value: T; readonly until: number }>();

  get(key: string): T | undefined {
    const found = this.#values.get(key);
    if (!found) return undefined;
    if (found.until > Date.now()) return found.value;
    this.#values.delete(key);
    return undefined;
  }

  set(key: string, value: T, until: number): void {
    this.#values.delete(key);
    this.#values.set(key, { value, until });
    if (this.#values.size <= MOST_TOKENS) return;
    for (const oldest of this.#values.keys()) {
      this.#values.delete(oldest);
      break;
    }
  }
}
