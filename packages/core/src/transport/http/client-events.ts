import { createParser, type EventSourceMessage } from "eventsource-parser";
import { type MessageLimits, tooLong } from "../../jsonrpc/codec.ts";

/** One event of a server's stream. */
export type StreamEvent = EventSourceMessage;

/** How far a stream was read, and when to come back to it. */
export interface StreamCursor {
  /** The event to go on after; undefined where the server does not say. */
  lastEventId?: string | undefined;
  /** Milliseconds the server wants a client to wait before it comes back. */
  retryMs?: number | undefined;
  /** How many events came. */
  seen: number;
}

/** An id that cannot be sent back in a header is of no use. */
const USABLE_ID = /^[\x21-\x7e](?:[\x20-\x7e]{0,4094}[\x21-\x7e])?$/;

/**
 * Reads a stream of messages to its end and moves `cursor` along.
 * @param take gets the text of each message
 * @throws {RpcError} -32600 for an event that is too long, and what `take` throws
 */
export async function follow(
  response: Response,
  limits: MessageLimits,
  cursor: StreamCursor,
  take: (text: string) => void,
): Promise<void> {
  const onRetry = (milliseconds: number) => {
    cursor.retryMs = milliseconds;
  };
  for await (const { event = "message", id, data } of eventsOf(response, limits, onRetry)) {
    cursor.seen++;
    if (id !== undefined) cursor.lastEventId = USABLE_ID.test(id) ? id : undefined;
    // Events of other names are none of the protocol's; those without data only carry an id.
    if (event === "message" && data !== "") take(data);
  }
}

/**
 * The events of a response, as they come. It ends with the stream; comments are ignored.
 * @param onRetry gets the milliseconds the server wants a client to wait before it comes back
 * @throws {RpcError} -32600 when an event or a line is longer than `limits` allow
 */
export async function* eventsOf(
  response: Response,
  limits: MessageLimits,
  onRetry: (milliseconds: number) => void,
): AsyncGenerator<StreamEvent, void, undefined> {
  let arrived: StreamEvent[] = [];
  let overlong = false;
  const parser = createParser({
    // Characters are never more than the bytes they came in.
    maxBufferSize: limits.bytes,
    onEvent: (event) => {
      if (event.data.length > limits.bytes) overlong = true;
      else arrived.push(event);
    },
    onRetry,
    onError: ({ type }) => {
      if (type === "max-buffer-size-exceeded") overlong = true;
    },
  });
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    parser.feed(decoder.decode(chunk, { stream: true }));
    const events = arrived;
    arrived = [];
    yield* events;
    if (overlong) throw tooLong(limits);
  }
}
