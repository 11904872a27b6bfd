import { connect, type Socket } from "node:net";

const HEAD_END = Buffer.from("\r\n\r\n");
const LAST_CHUNK = Buffer.from("\r\n0\r\n\r\n");

/** One whole answer. */
export interface HttpReply {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/**
 * A connection that sends prepared bytes and finds where each answer ends, and nothing else: what it costs is small and
 * the same for every server.
 */
export class HttpConnection {
  readonly socket: Socket;
  #rest: Buffer = Buffer.alloc(0);
  /** Called with each whole answer, as bytes. */
  #answered: (answer: Buffer) => void = () => {};
  #failed: (error: Error) => void = () => {};

  constructor(port: number) {
    this.socket = connect({ port, host: "127.0.0.1", noDelay: true });
    this.socket.on("data", (chunk) => this.#read(chunk));
    this.socket.on("error", (error) => this.#failed(error));
    this.socket.on("close", () => this.#failed(new Error("the server closed the connection")));
  }

  /** Sends one request; `answered` is called with what comes back, `failed` when nothing will. */
  send(request: Buffer, answered: (answer: Buffer) => void, failed: (error: Error) => void): void {
    this.#answered = answered;
    this.#failed = failed;
    if (this.socket.destroyed) failed(new Error("the connection is closed"));
    else this.socket.write(request);
  }

  /** Sends one request and resolves with the answer. */
  request(request: Buffer): Promise<HttpReply> {
    return new Promise((resolve, reject) => {
      this.send(request, (answer) => resolve(parse(answer)), reject);
    });
  }

  close(): void {
    this.#failed = () => {};
    this.socket.destroy();
  }

  #read(chunk: Buffer): void {
    const all = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    const end = endOf(all);
    if (end < 0) {
      this.#rest = all;
      return;
    }
    this.#rest = all.subarray(end);
    this.#answered(all.subarray(0, end));
  }
}

/** Where the first answer in `bytes` ends; -1 when it is not whole yet. */
function endOf(bytes: Buffer): number {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return -1;
  const bodyStart = headEnd + HEAD_END.length;
  const head = bytes.toString("latin1", 0, headEnd);
  const length = /^content-length: *(\d+)/im.exec(head)?.[1];
  if (length !== undefined) {
    const end = bodyStart + Number(length);
    return end <= bytes.length ? end : -1;
  }
  if (!/^transfer-encoding: *chunked/im.test(head)) return bodyStart;
  const last = bytes.indexOf(LAST_CHUNK, bodyStart);
  return last < 0 ? -1 : last + LAST_CHUNK.length;
}

function parse(answer: Buffer): HttpReply {
  const text = answer.toString();
  const headEnd = text.indexOf("\r\n\r\n");
  const head = text.slice(0, headEnd);
  return { status: Number(head.split(" ", 2)[1]), head, body: text.slice(headEnd + 4) };
}
