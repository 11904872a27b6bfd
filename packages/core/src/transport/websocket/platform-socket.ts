import { type OpenSocket, type Socket, type SocketEvents, SUBPROTOCOL } from "./socket.ts";

/** Longest pause, in milliseconds, before looking again whether the network took something: there is no event for it. */
const LONGEST_PAUSE_MS = 32;

/** Opens a socket of the platform's own: of a browser, a worker, Deno, Bun or Node. */
export function openPlatformSocket(url: URL): OpenSocket {
  return async (events, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<Socket>();
    const web = new WebSocket(url, SUBPROTOCOL);
    web.binaryType = "arraybuffer";
    web.onmessage = ({ data }) => (typeof data === "string" ? events.text(data) : events.binary());
    web.onopen = () => {
      listen(web, events);
      resolve(new PlatformSocket(web));
    };
    // The platform does not say why: what another site answers is no business of a page's.
    const failed = () => reject(new Error(`No WebSocket could be opened at ${url.origin}.`));
    web.onclose = failed;
    // Node 22 says no more than this when it could not connect.
    web.onerror = failed;
    signal.addEventListener("abort", () => {
      if (web.readyState !== WebSocket.CONNECTING) return;
      web.close();
      reject(new Error("The connection was closed before it was open."));
    });
    return promise;
  };
}

function listen(web: WebSocket, events: SocketEvents): void {
  web.onclose = ({ code, reason }) => events.closed({ code, reason });
}

class PlatformSocket implements Socket {
  readonly #web: WebSocket;

  constructor(web: WebSocket) {
    this.#web = web;
  }

  get waiting(): number {
    return this.#web.bufferedAmount;
  }

  send(text: string): void {
    this.#web.send(text);
  }

  async below(bytes: number): Promise<void> {
    for (
      let pause = 1;
      this.#web.readyState === WebSocket.OPEN && this.waiting >= bytes;
      pause *= 2
    ) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(pause, LONGEST_PAUSE_MS)));
    }
  }

  close(): void {
    this.#web.close(1000);
  }

  drop(): void {
    // The platform ends a socket only by the handshake.
    this.#web.close();
  }
}
