import { decode, type MessageLimits } from "../../jsonrpc/codec.ts";
import type { RpcError } from "../../jsonrpc/rpc-error.ts";
import { InvalidResponse } from "../../kernel/invalid-response.ts";
import type { Inbox } from "./client-answer.ts";
import { discard, mediaType } from "./client-body.ts";
import { HttpError, RequestLost } from "./client-errors.ts";
import { eventsOf, type StreamEvent } from "./client-events.ts";
import type { HttpSender } from "./client-fetch.ts";
import { type Refusal, readRefusal } from "./client-refusal.ts";

/** How long, in milliseconds, a server may take to say where messages go. */
const ENDPOINT_MS = 10_000;

/** What a connection of HTTP+SSE is made of. */
export interface SseParts {
  readonly endpoint: URL;
  readonly sender: HttpSender;
  readonly limits: MessageLimits;
  readonly inbox: Inbox;
}

/** HTTP+SSE of 2024-11-05: one stream for everything the server says, and an address for what the client says. */
export class SseChannel {
  readonly #parts: SseParts;
  readonly #messages: URL;

  private constructor(parts: SseParts, messages: URL) {
    this.#parts = parts;
    this.#messages = messages;
  }

  /**
   * Opens the stream; it is over when `signal` aborts, or the server ends it.
   * @throws when this is no such server
   */
  static async open(parts: SseParts, signal: AbortSignal): Promise<SseChannel> {
    const { endpoint, sender, limits } = parts;
    const opening = new AbortController();
    const either = AbortSignal.any([signal, opening.signal]);
    const timer = setTimeout(() => opening.abort(new Error("There was no endpoint.")), ENDPOINT_MS);
    try {
      const headers = { Accept: "text/event-stream" };
      const response = await sender.send({ method: "GET", url: endpoint, headers }, either);
      if (!response.ok || mediaType(response) !== "text/event-stream") {
        await discard(response);
        throw new HttpError(response.status, "The server has no event stream at this address.");
      }
      const events = eventsOf(response, limits, () => undefined);
      const channel = new SseChannel(parts, endpointOf(await events.next(), endpoint));
      void channel.#read(events);
      return channel;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Sends a message; its answer, if any, comes on the stream. Resolves with the refusal if there is one. */
  async post(body: string, signal: AbortSignal): Promise<Refusal | undefined> {
    const headers = { "Content-Type": "application/json" };
    const { sender, limits } = this.#parts;
    const message = { method: "POST", url: this.#messages, headers, body } as const;
    const response = await sender.send(message, signal);
    if (!response.ok) return readRefusal(response, limits);
    await discard(response);
    return;
  }

  async #read(events: AsyncGenerator<StreamEvent>): Promise<void> {
    const { inbox } = this.#parts;
    try {
      for await (const { event = "message", data } of events) {
        if (event === "message") this.#take(data);
      }
    } catch {
      // However it ended, it is over.
    }
    inbox.closed(new RequestLost("The server's event stream broke off."));
  }

  #take(text: string): void {
    const { inbox, limits } = this.#parts;
    try {
      inbox.message(decode(text, limits));
    } catch (error) {
      inbox.damaged(error as RpcError);
    }
  }
}

/** 2024-11-05 basic/transports: the first event MUST say where to send messages. */
function endpointOf(first: IteratorResult<StreamEvent, unknown>, base: URL): URL {
  const { event, data } = first.done ? {} : first.value;
  const url = event === "endpoint" ? URL.parse(data ?? "", base.href) : null;
  if (url === null)
    throw new InvalidResponse("The server's stream does not begin with an endpoint.");
  // Whoever sends the event could otherwise have the messages, and what they are signed with, sent anywhere.
  if (url.origin !== base.origin) {
    throw new InvalidResponse(
      "The server wants its messages sent to another origin; this client does not.",
    );
  }
  return url;
}
