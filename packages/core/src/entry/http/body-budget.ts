import { derived } from "../../transport/http/derived-exchange.ts";
import type { Exchange } from "../../transport/http/exchange.ts";

/**
 * Bytes of bodies held at once: of those still on their way in, and of requests that are not answered yet. A limit
 * for each alone is none, because many may come slowly, or ask for a stream that stays.
 */
export class BodyBudget {
  #free: number;

  constructor(bytes: number) {
    this.#free = bytes;
  }

  /** Has one request answered within the budget; what its body took is given back once that is done. */
  async spend(
    exchange: Exchange,
    answer: (exchange: Exchange) => Promise<void> | void,
  ): Promise<void> {
    let taken = 0;
    const take = (bytes: number): boolean => {
      if (bytes > this.#free) return false;
      this.#free -= bytes;
      taken += bytes;
      return true;
    };
    try {
      await answer(derived(exchange, { text: (maxBytes) => exchange.text(maxBytes, take) }));
    } finally {
      this.#free += taken;
    }
  }
}
