import { derived } from "./derived-exchange.ts";
import type { Exchange } from "./exchange.ts";

/** The same exchange, with `extra` headers on whatever it is answered. */
export function withHeaders(exchange: Exchange, extra: Readonly<Record<string, string>>): Exchange {
  return derived(exchange, {
    answer: (answer) => exchange.answer({ ...answer, headers: { ...extra, ...answer.headers } }),
    stream: (headers) => exchange.stream({ ...extra, ...headers }),
  });
}
