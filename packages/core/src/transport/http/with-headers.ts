import type { EventWriter, Exchange } from "./exchange.ts";
import type { HttpAnswer } from "./head.ts";

/** The same exchange, with `extra` headers on whatever it is answered. */
export function withHeaders(exchange: Exchange, extra: Readonly<Record<string, string>>): Exchange {
  return {
    method: exchange.method,
    target: exchange.target,
    origin: exchange.origin,
    peer: exchange.peer,
    header: (name) => exchange.header(name),
    text: (maxBytes, take) => exchange.text(maxBytes, take),
    answer: (answer: HttpAnswer) =>
      exchange.answer({ ...answer, headers: { ...extra, ...answer.headers } }),
    stream: (headers): EventWriter => exchange.stream({ ...extra, ...headers }),
    onGone: (listener) => exchange.onGone(listener),
  };
}
