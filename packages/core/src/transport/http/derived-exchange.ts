import type { Exchange } from "./exchange.ts";

/** The same exchange, but for what is `changed`. */
export function derived(exchange: Exchange, changed: Partial<Exchange>): Exchange {
  return {
    method: exchange.method,
    target: exchange.target,
    origin: exchange.origin,
    peer: exchange.peer,
    header: (name) => exchange.header(name),
    text: (maxBytes, take) => exchange.text(maxBytes, take),
    answer: (answer) => exchange.answer(answer),
    stream: (headers) => exchange.stream(headers),
    onGone: (listener) => exchange.onGone(listener),
    ...changed,
  };
}
