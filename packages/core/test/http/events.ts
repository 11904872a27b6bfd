import type { JsonObject } from "../../src/schema/json-schema.ts";

/** One event as it came: its fields, or a comment. */
export interface RawEvent {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
  readonly retry?: string;
  readonly comment?: string;
}

/** Reads the events of a response, one after the other. */
export class Events implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = "";

  constructor(response: Response) {
    if (!response.body) throw new Error("The response has no body.");
    this.#reader = response.body.getReader();
  }

  /** The next event; undefined at the end of the stream. */
  async next(): Promise<RawEvent | undefined> {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end >= 0) {
        const block = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 2);
        return parse(block);
      }
      const { done, value } = await this.#reader.read();
      if (done) return undefined;
      this.#text += this.#decoder.decode(value, { stream: true });
    }
  }

  /** The next message, whatever priming and comments come before it. */
  async message(): Promise<JsonObject> {
    return (await this.messageEvent()).message;
  }

  /** The next message with the id of its event. */
  async messageEvent(): Promise<{ id: string | undefined; message: JsonObject }> {
    for (;;) {
      const event = await this.next();
      if (!event) throw new Error("The stream ended first.");
      if (event.data) return { id: event.id, message: JSON.parse(event.data) as JsonObject };
    }
  }

  /** All messages to the end. */
  async rest(): Promise<JsonObject[]> {
    const messages: JsonObject[] = [];
    for (let event = await this.next(); event; event = await this.next()) {
      if (event.data) messages.push(JSON.parse(event.data) as JsonObject);
    }
    return messages;
  }

  /** Hangs up. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#reader.cancel().catch(() => {});
  }
}

function parse(block: string): RawEvent {
  const fields = block.split("\n").map((line) => {
    const colon = line.indexOf(":");
    const name = colon === 0 ? "comment" : line.slice(0, colon);
    return [name, line.slice(colon + 1).replace(/^ /, "")];
  });
  return Object.fromEntries(fields) as RawEvent;
}
