import type { HttpAnswer, HttpHead } from "./head.ts";

/**
 * One HTTP request and the way to answer it, whatever the runtime: an endpoint written against it goes straight
 * to `node:http` as well as to a fetch handler. Answered once, by `answer` or by `stream`.
 */
export interface Exchange extends HttpHead {
  /**
   * The whole body as text.
   * @param take asked before each part of it is kept, with its bytes; false when there is no room
   * @throws {HttpRefusal} when it is longer than `maxBytes`, compressed, not UTF-8 or not sent in time, or there is
   *   no room for it
   * @throws {ClientGone} when the client hung up before its end
   */
  text(maxBytes: number, take?: (bytes: number) => boolean): Promise<string>;
  /** Answers whole. Does nothing once the client is gone. */
  answer(answer: HttpAnswer): void;
  /** Answers with a stream of events; the status and `headers` go out at once. */
  stream(headers: Readonly<Record<string, string>>): EventWriter;
  /** Calls `listener` once if the client hangs up before the answer is complete. */
  onGone(listener: () => void): void;
}

/** The open end of an event stream. After `end` or `cut`, or once the client is gone, it takes what it is given and drops it. */
export interface EventWriter {
  /** Bytes that are queued because the client has not taken them yet. */
  readonly waiting: number;
  write(text: string): void;
  /** Sends what is queued, then ends the stream. */
  end(): void;
  /** Hangs up at once and forgets what is queued. */
  cut(): void;
}

/** A request that is refused with an answer of its own. */
export class HttpRefusal extends Error {
  override readonly name = "HttpRefusal";
  readonly answer: HttpAnswer;

  constructor(answer: HttpAnswer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

/** Nobody is there any more to answer to. */
export class ClientGone extends Error {
  override readonly name = "ClientGone";

  constructor() {
    super("The client hung up.");
  }
}
