import { kindOf } from "../../jsonrpc/message.ts";
import type { CallLimit } from "../../kernel/call-limit.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import type { DispatchOptions } from "../../server/dispatch.ts";
import { atTime } from "../../transport/at-time.ts";
import type { StreamRules } from "../../transport/http/event-stream.ts";
import { type Exchange, HttpRefusal } from "../../transport/http/exchange.ts";
import type { Caller, HttpAnswer } from "../../transport/http/head.ts";
import { accepted } from "../../transport/http/media-types.ts";
import { refusal, tooMany } from "../../transport/http/refusals.ts";
import { EXPIRED_GRACE_MS, type Serving, serveWithin } from "../serve.ts";
import type { HttpLimits } from "./options.ts";
import { messagesBeside, type Place, queryValue } from "./places.ts";
import { readMessage } from "./read-message.ts";
import { type Held, Sessions } from "./sessions.ts";
import { SseTransport } from "./sse-transport.ts";

const SESSION = "sessionId";

/** HTTP with SSE as 2024-11-05 has it: a stream at one path, posts to another. */
export class SseEndpoint {
  readonly #definition: ServerDefinition;
  readonly #options: DispatchOptions;
  readonly #limits: HttpLimits;
  readonly #streams: StreamRules;
  readonly #calls: CallLimit;
  readonly #newId: () => string;
  readonly #sessions: Sessions<SseSession>;

  constructor(
    definition: ServerDefinition,
    options: DispatchOptions,
    limits: HttpLimits,
    streams: StreamRules,
    calls: CallLimit,
    newId: () => string,
  ) {
    this.#definition = definition;
    this.#options = options;
    this.#limits = limits;
    this.#streams = streams;
    this.#calls = calls;
    this.#newId = newId;
    this.#sessions = new Sessions(limits);
  }

  /** How many clients are connected. */
  get sessions(): number {
    return this.#sessions.size;
  }

  /** Ends every connection; running calls may finish within `graceMs`. */
  async close(graceMs: number): Promise<void> {
    await Promise.all(this.#sessions.all.map(({ serving }) => serving.close(graceMs)));
  }

  handle(
    place: Exclude<Place, "endpoint">,
    exchange: Exchange,
    caller: Caller,
  ): Promise<void> | void {
    const method = place === "sse" ? "GET" : "POST";
    if (exchange.method !== method) {
      throw new HttpRefusal(refusal(405, `Use ${method} here.`, { Allow: method }));
    }
    return place === "sse" ? this.#open(exchange, caller) : this.#post(exchange, caller);
  }

  #open(exchange: Exchange, { principal, expiresAt }: Caller): void {
    if (!accepted(exchange.header("accept")).events) {
      throw new HttpRefusal(refusal(406, "Accept text/event-stream: a GET opens a stream."));
    }
    const full = this.#streams.isFull()
      ? tooMany("streams")
      : this.#sessions.refusal(principal?.id);
    if (full) throw new HttpRefusal(full);
    const id = this.#newId();
    const endpoint = `${messagesBeside(exchange.target)}?${SESSION}=${id}`;
    const transport = new SseTransport(exchange, this.#streams, endpoint);
    const options = { ...this.#options, ...(principal && { principal }) };
    const serving = serveWithin(this.#calls, this.#definition, transport, options);
    const session = new SseSession(id, principal?.id, transport, serving);
    this.#sessions.add(session);
    const callOff = expiresAt === undefined ? undefined : atTime(expiresAt, session.expire);
    void serving.done.then((reason) => {
      callOff?.();
      this.#sessions.remove(session, reason ?? new Error("The connection is over."));
    });
  }

  async #post(exchange: Exchange, { principal }: Caller): Promise<void> {
    const id = queryValue(exchange.target, SESSION);
    if (id === undefined) {
      throw new HttpRefusal(refusal(400, `Post to the address the endpoint event named.`));
    }
    const session = this.#sessions.find(id, principal?.id);
    if (!session) throw new HttpRefusal(refusal(404, "There is no such session; connect again."));
    const message = await readMessage(exchange, this.#limits);
    if (session.transport.isFull && kindOf(message) === "request") throw new HttpRefusal(unread());
    exchange.answer({ status: 202, headers: { "Content-Type": "text/plain" }, body: "Accepted" });
    session.transport.receive(message, principal);
  }
}

/** Better refused than begun: the answer would end the stream, and every call with it. */
function unread(): HttpAnswer {
  const message = "Read your event stream first; too many answers wait there.";
  return refusal(429, message, { "Retry-After": "1" });
}

/** One client of 2024-11-05; it lasts as long as its stream. */
class SseSession implements Held {
  readonly id: string;
  readonly owner: string | undefined;
  readonly transport: SseTransport;
  readonly serving: Serving;

  constructor(id: string, owner: string | undefined, transport: SseTransport, serving: Serving) {
    this.id = id;
    this.owner = owner;
    this.transport = transport;
    this.serving = serving;
  }

  /** Lets running calls finish, then ends it: its client is to connect again with a new token. */
  readonly expire = (): void => {
    this.transport.tellExpired();
    void this.serving.close(EXPIRED_GRACE_MS);
  };

  idleSince(): boolean {
    return false;
  }

  close(): void {
    void this.serving.close();
  }
}
