import { decode, MESSAGE_LIMITS, type MessageLimits, tooLong } from "../jsonrpc/codec.ts";
import { isObject } from "../jsonrpc/message.ts";
import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import type { Receiver } from "./transport.ts";

const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = 0xfeff;
/** A buffer for an unfinished line up to this size is kept for the next one; a larger one is let go. */
const KEPT_BYTES = 64 * 1024;
const EMPTY = new Uint8Array(0);

/**
 * Cuts a byte stream into messages: one JSON text a line, UTF-8 (basic/transports/stdio). Nothing in it
 * depends on how the stream was split into chunks, and no chunk is kept after `push` returned.
 *
 * A line over `limits.bytes` is reported once and skipped without being stored. CRLF, blank lines and a
 * byte order mark before a message are tolerated, as JSON parsers may (RFC 8259 section 8.1).
 */
export class LineReader {
  readonly #receiver: Pick<Receiver, "message" | "damaged">;
  readonly #limits: MessageLimits;
  // A decoder strips a mark at the start of each chunk it sees, wherever that is; `#line` does it per line.
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  #held = EMPTY;
  #heldLength = 0;
  #skipping = false;
  #stopped = false;

  /** @param receiver gets every message and every line that is none, in order */
  constructor(
    receiver: Pick<Receiver, "message" | "damaged">,
    limits: MessageLimits = MESSAGE_LIMITS,
  ) {
    this.#receiver = receiver;
    this.#limits = limits;
  }

  /** Takes the next bytes of the stream. */
  push(chunk: Uint8Array): void {
    let start = 0;
    if (this.#heldLength > 0 || this.#skipping) {
      const end = chunk.indexOf(NEWLINE);
      this.#hold(end === -1 ? chunk : chunk.subarray(0, end));
      if (end === -1) return;
      this.#finishHeld();
      start = end + 1;
    }
    const last = chunk.lastIndexOf(NEWLINE);
    if (last >= start) {
      this.#block(chunk.subarray(start, last));
      start = last + 1;
    }
    if (start < chunk.length) this.#hold(chunk.subarray(start));
  }

  /**
   * The stream ended. A last line without its newline counts only when it is a whole JSON object or array,
   * which no cut-off message can be (`printf '{…}' | server`); half a message is no message and is dropped.
   */
  end(): void {
    const rest = this.#held.subarray(0, this.#heldLength);
    this.#release();
    if (this.#stopped || rest.length === 0) return;
    let value: unknown;
    try {
      value = decode(this.#decoder.decode(rest), this.#limits);
    } catch {
      return;
    }
    if (isObject(value) || Array.isArray(value)) this.#receiver.message(value);
  }

  /** Delivers nothing more, not even the rest of the chunk being read. */
  stop(): void {
    this.#stopped = true;
    this.#release();
  }

  /** Reads complete lines without their last newline: decoded once and cut as text, which is the fast way. */
  #block(bytes: Uint8Array): void {
    if (bytes.length > this.#limits.bytes) return this.#eachLine(bytes);
    let text: string;
    try {
      text = this.#decoder.decode(bytes);
    } catch {
      return this.#eachLine(bytes);
    }
    let start = 0;
    for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
      this.#line(text.slice(start, end));
      start = end + 1;
    }
    this.#line(start === 0 ? text : text.slice(start));
  }

  /** Reads the same lines one by one, so that a damaged one costs only itself. */
  #eachLine(bytes: Uint8Array): void {
    let start = 0;
    while (start <= bytes.length) {
      const newline = bytes.indexOf(NEWLINE, start);
      const end = newline === -1 ? bytes.length : newline;
      this.#lineOfBytes(bytes.subarray(start, end));
      start = end + 1;
    }
  }

  #lineOfBytes(bytes: Uint8Array): void {
    if (bytes.length > this.#limits.bytes) return this.#damaged(tooLong(this.#limits));
    let text: string;
    try {
      text = this.#decoder.decode(bytes);
    } catch {
      return this.#damaged(
        new RpcError(JSON_RPC.parseError, "Parse error: the message is not valid UTF-8."),
      );
    }
    this.#line(text);
  }

  #line(line: string): void {
    if (this.#stopped || line === "" || line === "\r") return;
    const text = line.charCodeAt(0) === BYTE_ORDER_MARK ? line.slice(1) : line;
    let value: unknown;
    try {
      value = decode(text, this.#limits);
    } catch (error) {
      if (/^[ \t\r]*$/.test(text)) return;
      return this.#damaged(error as RpcError);
    }
    this.#receiver.message(value);
  }

  #damaged(error: RpcError): void {
    if (!this.#stopped) this.#receiver.damaged(error);
  }

  /** Appends to the unfinished line, in a buffer that doubles: linear in the line, however small the chunks. */
  #hold(part: Uint8Array): void {
    if (this.#skipping || this.#stopped) return;
    const length = this.#heldLength + part.length;
    if (length > this.#limits.bytes) {
      this.#release();
      this.#skipping = true;
      return this.#damaged(tooLong(this.#limits));
    }
    if (length > this.#held.length) {
      const grown = new Uint8Array(Math.max(length, Math.min(2 * length, this.#limits.bytes)));
      grown.set(this.#held.subarray(0, this.#heldLength));
      this.#held = grown;
    }
    this.#held.set(part, this.#heldLength);
    this.#heldLength = length;
  }

  #finishHeld(): void {
    const line = this.#held.subarray(0, this.#heldLength);
    if (!this.#skipping) this.#lineOfBytes(line);
    this.#skipping = false;
    this.#release();
  }

  #release(): void {
    this.#heldLength = 0;
    if (this.#held.length > KEPT_BYTES) this.#held = EMPTY;
  }
}
