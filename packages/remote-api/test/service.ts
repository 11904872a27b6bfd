import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A service on a free port of this machine, and what it was asked. */
export interface Service extends AsyncDisposable {
  readonly url: URL;
  readonly requests: IncomingMessage[];
}

/** Starts a service that answers by `answer`. */
export async function service(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Service> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`),
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
