import { ClientGone, type EventWriter, type Exchange, HttpRefusal } from "./exchange.ts";
import type { HttpAnswer } from "./head.ts";
import { bodyNotText, bodyTooLong, bodyUnwelcome } from "./refusals.ts";

/** Statuses whose responses have no body (Fetch standard: null body status). */
const BODILESS: ReadonlySet<number> = new Set([204, 205, 304]);

/** An exchange on the Fetch API: Bun, Deno, workers, and frameworks built on it. */
export class FetchExchange implements Exchange {
  /** Resolves as soon as the answer has begun. */
  readonly response: Promise<Response>;
  readonly #request: Request;
  readonly #url: URL;
  readonly #respond: (response: Response) => void;
  readonly #listeners = new Set<() => void>();
  #gone = false;
  #finished = false;

  constructor(request: Request) {
    const { promise, resolve } = Promise.withResolvers<Response>();
    this.response = promise;
    this.#respond = resolve;
    this.#request = request;
    this.#url = new URL(request.url);
    request.signal.addEventListener("abort", this.#leave, { once: true });
  }

  get method(): string {
    return this.#request.method;
  }

  get target(): string {
    return this.#url.pathname + this.#url.search;
  }

  get origin(): string {
    return this.#url.origin;
  }

  header(name: string): string | undefined {
    const value = this.#request.headers.get(name);
    if (value !== null) return value;
    // A Request made by hand has no Host header; its URL says the same.
    return name.toLowerCase() === "host" ? this.#url.host : undefined;
  }

  async text(maxBytes: number, take?: (bytes: number) => boolean): Promise<string> {
    const { body, headers } = this.#request;
    if (Number(headers.get("content-length")) > maxBytes) {
      throw new HttpRefusal(bodyTooLong(maxBytes));
    }
    const decoder = new TextDecoder("utf-8", { fatal: true });
    let text = "";
    let length = 0;
    try {
      for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
        length += chunk.byteLength;
        if (length > maxBytes) throw new HttpRefusal(bodyTooLong(maxBytes));
        if (take?.(chunk.byteLength) === false) throw new HttpRefusal(bodyUnwelcome());
        text += decoder.decode(chunk, { stream: true });
      }
      return text + decoder.decode();
    } catch (error) {
      if (error instanceof HttpRefusal) throw error;
      if (error instanceof TypeError && !this.#gone) throw new HttpRefusal(bodyNotText());
      throw new ClientGone();
    }
  }

  answer({ status, headers, body }: HttpAnswer): void {
    this.#finished = true;
    const content = BODILESS.has(status) || body === undefined ? null : body;
    this.#respond(new Response(content, { status, headers: { ...headers } }));
  }

  stream(headers: Readonly<Record<string, string>>): EventWriter {
    const queue = new ByteQueue(this.#leave);
    this.#respond(new Response(queue.readable, { headers: { ...headers } }));
    return {
      get waiting() {
        return queue.waiting;
      },
      write: (text) => queue.write(text),
      end: () => {
        this.#finished = true;
        queue.end();
      },
      cut: () => queue.cut(),
    };
  }

  onGone(listener: () => void): void {
    if (this.#gone) listener();
    else this.#listeners.add(listener);
  }

  readonly #leave = (): void => {
    if (this.#gone || this.#finished) return;
    this.#gone = true;
    for (const listener of this.#listeners) listener();
  };
}

/** A readable stream of bytes, and its other end. */
class ByteQueue {
  readonly readable: ReadableStream<Uint8Array>;
  readonly #encoder = new TextEncoder();
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;

  constructor(cancelled: () => void) {
    this.readable = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        cancel: () => {
          this.#controller = undefined;
          cancelled();
        },
      },
      { highWaterMark: 0, size: (chunk) => chunk.byteLength },
    );
  }

  get waiting(): number {
    return -(this.#controller?.desiredSize ?? 0);
  }

  write(text: string): void {
    this.#controller?.enqueue(this.#encoder.encode(text));
  }

  end(): void {
    this.#controller?.close();
    this.#controller = undefined;
  }

  cut(): void {
    this.#controller?.error(new Error("The stream was cut: it was read too slowly."));
    this.#controller = undefined;
  }
}
