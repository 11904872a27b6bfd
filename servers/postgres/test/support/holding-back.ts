import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { onTestFinished } from "vitest";

/** A way to a database on which what the database says can be held back. */
export interface HoldingBack {
  /** The database's URL, by this way. */
  readonly url: string;
  /** Bytes that were sent to the database. */
  readonly sent: number;
  /** Passes on nothing of what comes after the next `text`. */
  holdAfter(text: string): void;
  /** Passes on what was held back. */
  release(): void;
  /** Loses the connection, and what was held back. */
  lose(): void;
}

/** Opens a way to the database at `url` for one test. */
export async function holdingBack(url: string): Promise<HoldingBack> {
  const real = new URL(url);
  const sockets = new Set<Socket>();
  let text: string | undefined;
  let held: (() => void)[] | undefined;
  let sent = 0;

  const server = createServer((client) => {
    const database = connect(Number(real.port), real.hostname);
    for (const socket of [client, database]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        client.destroy();
        database.destroy();
      });
    }
    client.on("data", (chunk) => {
      sent += chunk.length;
      database.write(chunk);
    });
    database.on("data", (chunk) => {
      if (held) return held.push(() => client.write(chunk));
      const at = text === undefined ? -1 : chunk.indexOf(text);
      if (text === undefined || at < 0) return client.write(chunk);
      const end = at + text.length;
      held = [() => client.write(chunk.subarray(end))];
      return client.write(chunk.subarray(0, end));
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });

  const way = new URL(url);
  way.hostname = "127.0.0.1";
  way.port = String((server.address() as AddressInfo).port);
  const stop = () => {
    const waiting = held ?? [];
    [text, held] = [undefined, undefined];
    return waiting;
  };
  return {
    url: way.href,
    get sent() {
      return sent;
    },
    holdAfter(next) {
      text = next;
    },
    release() {
      for (const pass of stop()) pass();
    },
    lose() {
      stop();
      for (const socket of sockets) socket.destroy();
    },
  };
}
