import type { Readable, Writable } from "node:stream";
import { MESSAGE_LIMITS, type MessageLimits } from "../jsonrpc/codec.ts";
import type { JsonRpcMessage } from "../jsonrpc/message.ts";
import { textOf } from "../jsonrpc/text.ts";
import { LineReader } from "./lines.ts";
import type { Receiver, Transport } from "./transport.ts";

/** Queued text (UTF-16 units) beyond which a batch is written at once and `drained` makes its caller wait. */
const HIGH_WATER = 64 * 1024;
/** How long, in milliseconds, `close` waits for a peer that does not take what was sent last. */
const FLUSH_GRACE_MS = 1000;

/** How to build a transport from streams. */
export interface StreamTransportOptions {
  /** What arrives: one JSON text a line. */
  readonly input: Readable;
  /** Where messages go; the same object as `input` for a socket. */
  readonly output: Writable;
  /** How to write to `output` when that is not its `write` method. */
  readonly write?: Writable["write"];
  /** Bounds on one incoming message. Default `MESSAGE_LIMITS`. */
  readonly limits?: MessageLimits;
  /** After a failed write, read on until the input ends, and only then report the end. Default: at once. */
  readonly halfOpen?: boolean;
  /** Ends both streams, after the last message was written. Default: ends the output, destroys the input. */
  readonly release?: () => void | Promise<void>;
}

/**
 * Newline-delimited messages over a pair of byte streams: standard input and output, a child's pipes, a
 * socket (basic/transports: custom byte-stream transports SHOULD reuse the stdio framing).
 *
 * After the peer ended its side, answers to what it asked before can still be sent, until `close`.
 */
export function streamTransport(options: StreamTransportOptions): Transport {
  return new StreamTransport(options);
}

class StreamTransport implements Transport {
  readonly #input: Readable;
  readonly #output: Writable;
  readonly #write: Writable["write"];
  readonly #limits: MessageLimits;
  readonly #halfOpen: boolean;
  readonly #release: () => void | Promise<void>;
  #receiver: Receiver | undefined;
  #reader: LineReader | undefined;
  #queue = "";
  #waiting: (() => void)[] = [];
  #scheduled = false;
  #writable = true;
  #closing: Promise<void> | undefined;

  constructor(options: StreamTransportOptions) {
    const { input, output, write, limits = MESSAGE_LIMITS, halfOpen = false, release } = options;
    this.#input = input;
    this.#output = output;
    this.#write = write ?? output.write.bind(output);
    this.#limits = limits;
    this.#halfOpen = halfOpen;
    this.#release = release ?? (() => endBoth(input, output));
  }

  start(receiver: Receiver): void {
    const reader = new LineReader(receiver, this.#limits);
    this.#receiver = receiver;
    this.#reader = reader;
    this.#input.on("data", this.#read);
    this.#input.once("end", this.#ended);
    this.#input.once("close", this.#ended);
    this.#input.on("error", this.#broken);
    this.#output.on("error", this.#unwritable);
    this.#output.on("drain", this.#drained);
    // One that was paused until now does not start by being listened to.
    this.#input.resume();
  }

  send(message: JsonRpcMessage | readonly JsonRpcMessage[]): void {
    const text = textOf(message);
    if (!this.#writable) return;
    this.#queue += `${text}\n`;
    if (this.#queue.length >= HIGH_WATER) return this.#flush();
    if (this.#scheduled) return;
    this.#scheduled = true;
    // After the microtasks of this turn: answers that were ready together leave in one write.
    process.nextTick(this.#flush);
  }

  get congested(): boolean {
    return this.#writable && this.#queue.length + this.#output.writableLength >= HIGH_WATER;
  }

  pause(): void {
    this.#input.pause();
  }

  resume(): void {
    if (!this.#closing) this.#input.resume();
  }

  drained(): Promise<void> {
    if (!this.congested) return Promise.resolve();
    this.#flush();
    if (!this.#writable || !this.#output.writableNeedDrain) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  async #finish(): Promise<void> {
    this.#reader?.stop();
    await this.#written();
    this.#writable = false;
    this.#drained();
    this.#detach();
    await this.#release();
    this.#report();
  }

  readonly #read = (chunk: Uint8Array): void => this.#reader?.push(chunk);

  readonly #ended = (): void => {
    this.#reader?.end();
    this.#report();
  };

  readonly #unwritable = (error: Error): void => {
    this.#writable = false;
    this.#queue = "";
    this.#drained();
    if (!this.#halfOpen) this.#broken(error);
  };

  readonly #broken = (error: Error): void => {
    this.#reader?.stop();
    const code = (error as NodeJS.ErrnoException).code ?? error.name;
    this.#report(new Error(`The connection to the peer broke (${code}).`, { cause: error }));
  };

  readonly #flush = (): void => {
    this.#scheduled = false;
    if (this.#queue === "") return;
    const text = this.#queue;
    this.#queue = "";
    this.#write(text);
  };

  readonly #drained = (): void => {
    for (const resolve of this.#waiting.splice(0)) resolve();
  };

  /** Resolves when everything sent has left, the stream is broken, or the peer took nothing for too long. */
  #written(): Promise<void> {
    this.#flush();
    if (!this.#writable || this.#output.writableLength === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, FLUSH_GRACE_MS).unref();
      this.#write("", () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  #report(reason?: Error): void {
    const receiver = this.#receiver;
    this.#receiver = undefined;
    this.#drained();
    receiver?.closed(reason);
  }

  /** Leaves the error listeners: a stream may still fail after the end, and nobody else would hear it. */
  #detach(): void {
    this.#input.off("data", this.#read);
    this.#input.off("end", this.#ended);
    this.#input.off("close", this.#ended);
    this.#output.off("drain", this.#drained);
  }
}

function endBoth(input: Readable, output: Writable): void {
  output.end();
  input.destroy();
}
