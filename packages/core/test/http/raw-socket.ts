import { connect, type Socket } from "node:net";

/** A connection that sends what a test writes, byte for byte. */
export class RawSocket implements Disposable {
  readonly #socket: Socket;
  #received = "";
  /** Resolves with everything received once the other end hung up. */
  readonly ended: Promise<string>;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#socket = connect(Number(port), hostname.replace(/^\[|\]$/g, ""));
    this.#socket.setEncoding("utf8");
    this.#socket.on("data", (text: string) => {
      this.#received += text;
    });
    this.ended = new Promise((resolve) => {
      this.#socket.on("error", () => {});
      this.#socket.on("close", () => resolve(this.#received));
    });
  }

  /** Sends lines, joined and ended as HTTP has it. */
  head(...lines: string[]): void {
    this.#socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  }

  write(text: string): void {
    this.#socket.write(text);
  }

  /** Reads nothing from now on. */
  pause(): void {
    this.#socket.pause();
  }

  [Symbol.dispose](): void {
    this.#socket.destroy();
  }
}

/** The answer to one request that a client library would not send. */
export async function exchange(url: string, head: readonly string[], body = ""): Promise<string> {
  using socket = new RawSocket(url);
  socket.head(...head, "Connection: close", `Content-Length: ${Buffer.byteLength(body)}`);
  if (body !== "") socket.write(body);
  return await socket.ended;
}
