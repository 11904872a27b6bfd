import { decode, MESSAGE_LIMITS, type MessageLimits, tooLong } from "../../jsonrpc/codec.ts";
import type { JsonRpcMessage } from "../../jsonrpc/message.ts";
import { JSON_RPC, RpcError } from "../../jsonrpc/rpc-error.ts";
import { textOf } from "../../jsonrpc/text.ts";
import type { Receiver, Transport } from "../transport.ts";
import { endReason } from "./end-reason.ts";
import type { OpenSocket, Socket, SocketEnd, SocketEvents } from "./socket.ts";

/** Waiting bytes beyond which `drained` makes its caller wait. */
const HIGH_WATER = 64 * 1024;
/** How long, in milliseconds, `close` waits for the peer to answer the closing handshake. */
const CLOSE_GRACE_MS = 1000;
/** Most bytes that may wait for a peer when one more message is sent, where nothing else is said. */
const QUEUE_BYTES = 16 * 1024 * 1024;

/** Bounds on one connection. */
export interface WebSocketBounds {
  /** Bounds on one incoming message. Default `MESSAGE_LIMITS`. */
  readonly limits?: MessageLimits;
  /**
   * Most bytes that may wait for a peer that reads slowly; with more, the next message to it drops the
   * connection. One message may be larger. Default 16 MiB.
   */
  readonly queueBytes?: number;
}

/** How the socket of a transport comes to be, and what it can do. */
export interface SocketSource {
  readonly open: OpenSocket;
  /** True for sockets that can stop reading. */
  readonly pauses: boolean;
}

/** Messages over a WebSocket: one JSON text a text frame (basic/transports: custom transports). */
export class WebSocketTransport implements Transport, SocketEvents {
  readonly pause?: () => void;
  readonly resume?: () => void;
  readonly #open: OpenSocket;
  readonly #limits: MessageLimits;
  readonly #queueBytes: number;
  readonly #abort = new AbortController();
  readonly #over = Promise.withResolvers<void>();
  #receiver: Receiver | undefined;
  #opening: Promise<void> | undefined;
  #socket: Socket | undefined;
  /** Sent before the socket was open. */
  #early: string[] = [];
  #paused = false;
  #closing: Promise<void> | undefined;

  constructor({ open, pauses }: SocketSource, bounds: WebSocketBounds) {
    const { limits = MESSAGE_LIMITS, queueBytes = QUEUE_BYTES } = bounds;
    this.#open = open;
    this.#limits = limits;
    this.#queueBytes = queueBytes;
    if (!pauses) return;
    this.pause = () => this.#pause(true);
    this.resume = () => this.#pause(false);
  }

  start(receiver: Receiver): void {
    this.#receiver = receiver;
    const socket = this.#open(this, this.#abort.signal);
    if (!(socket instanceof Promise)) this.#socket = socket;
    else this.#opening = socket.then(this.#opened, (error: Error) => this.#report(error));
  }

  send(message: JsonRpcMessage | readonly JsonRpcMessage[]): void {
    const text = textOf(message);
    if (this.#receiver === undefined || this.#closing) return;
    const socket = this.#socket;
    if (socket === undefined) return void this.#early.push(text);
    if (socket.waiting > this.#queueBytes) return this.#dropSlowPeer(socket);
    socket.send(text);
  }

  get congested(): boolean {
    return this.#receiver !== undefined && (this.#socket?.waiting ?? 0) >= HIGH_WATER;
  }

  async drained(): Promise<void> {
    await this.#opening;
    const socket = this.#socket;
    if (this.#receiver === undefined || socket === undefined) return;
    if (socket.waiting >= HIGH_WATER) await socket.below(HIGH_WATER);
  }

  close(): Promise<void> {
    this.#closing ??= this.#finish();
    return this.#closing;
  }

  /** Takes one text frame of the socket. */
  text(text: string): void {
    if (this.#receiver === undefined || this.#closing) return;
    let value: unknown;
    try {
      // A string has at most as many units as its UTF-8 has bytes; sockets that count bytes refused it before.
      if (text.length > this.#limits.bytes) throw tooLong(this.#limits);
      value = decode(text, this.#limits);
    } catch (error) {
      return this.#receiver.damaged(error as RpcError);
    }
    this.#receiver.message(value);
  }

  /** Hears of a binary frame. */
  binary(): void {
    if (this.#closing) return;
    const message = "Parse error: a message must be a text frame, not a binary one.";
    this.#receiver?.damaged(new RpcError(JSON_RPC.parseError, message));
  }

  /** Hears that the socket is over. */
  closed(end: SocketEnd): void {
    this.#report(this.#closing ? undefined : endReason(end, this.#limits));
  }

  readonly #opened = (socket: Socket): void => {
    if (this.#receiver === undefined) return socket.drop();
    this.#socket = socket;
    for (const text of this.#early) socket.send(text);
    this.#early = [];
    if (this.#paused) socket.pause?.();
  };

  async #finish(): Promise<void> {
    this.#abort.abort();
    const socket = this.#socket;
    if (socket !== undefined && this.#receiver !== undefined) {
      // The peer's part of the closing handshake is still to be read.
      socket.resume?.();
      socket.close();
      const timer = setTimeout(() => this.#report(), CLOSE_GRACE_MS);
      await this.#over.promise;
      clearTimeout(timer);
      socket.drop();
    }
    this.#report();
  }

  #pause(paused: boolean): void {
    this.#paused = paused;
    if (this.#closing) return;
    if (paused) this.#socket?.pause?.();
    else this.#socket?.resume?.();
  }

  #dropSlowPeer(socket: Socket): void {
    const bytes = this.#queueBytes;
    const message = `The peer does not read: more than ${bytes} bytes waited for it, and the connection was dropped.`;
    socket.drop();
    this.#report(new Error(message));
  }

  #report(reason?: Error): void {
    const receiver = this.#receiver;
    this.#receiver = undefined;
    this.#early = [];
    this.#over.resolve();
    receiver?.closed(reason);
  }
}
