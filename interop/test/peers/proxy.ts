import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** What stands between a client and a server, and can break. */
export interface BreakableProxy {
  readonly url: URL;
  /** Breaks every connection there is. New ones work. */
  cut(): void;
  close(): void;
}

/** Puts a proxy before a server. */
export async function proxyTo(target: URL): Promise<BreakableProxy> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket, other: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => {
      sockets.delete(socket);
      other.destroy();
    });
  };
  const listener = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    keep(near, far);
    keep(far, near);
    near.pipe(far);
    far.pipe(near);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  const url = new URL(target);
  url.port = String((listener.address() as AddressInfo).port);
  return {
    url,
    cut,
    close() {
      listener.close();
      cut();
    },
  };
}
