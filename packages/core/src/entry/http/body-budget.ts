import type { EventWriter, Exchange } from "../../transport/http/exchange.ts";
import type { HttpAnswer } from "../../transport/http/head.ts";

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
    const counted = new CountedExchange(exchange, (bytes) => this.#take(bytes));
    try {
      await answer(counted);
    } finally {
      this.#free += counted.taken;
    }
  }

  #take(bytes: number): boolean {
    if (bytes > this.#free) return false;
    this.#free -= bytes;
    return true;
  }
}

/** The same exchange, each part of whose body is counted. A class, as every request passes through one. */
class CountedExchange implements Exchange {
  readonly #exchange: Exchange;
  readonly #take: (bytes: number) => boolean;
  /** Bytes that were taken. */
  taken = 0;

  constructor(exchange: Exchange, take: (bytes: number) => boolean) {
    this.#exchange = exchange;
    this.#take = take;
  }

  get method(): string {
    return this.#exchange.method;
  }

  get target(): string {
    return this.#exchange.target;
  }

  get origin(): string {
    return this.#exchange.origin;
  }

  get peer(): string | undefined {
    return this.#exchange.peer;
  }

  header(name: string): string | undefined {
    return this.#exchange.header(name);
  }

  text(maxBytes: number): Promise<string> {
    return this.#exchange.text(maxBytes, (bytes) => {
      const fits = this.#take(bytes);
      if (fits) this.taken += bytes;
      return fits;
    });
  }

  answer(answer: HttpAnswer): void {
    this.#exchange.answer(answer);
  }

  stream(headers: Readonly<Record<string, string>>): EventWriter {
    return this.#exchange.stream(headers);
  }

  onGone(listener: () => void): void {
    this.#exchange.onGone(listener);
  }
}
