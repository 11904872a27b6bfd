import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A request as the fake got it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
  /** Whose token it had. */
  readonly user: string;
  /** Aborts when the client goes away before it is answered. */
  readonly gone: AbortSignal;
}

/** What is answered: JSON, or bytes with headers of their own. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | Uint8Array | string;
}

/** One operation; `ids` are what the groups of its path matched, decoded. */
export interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (asked: Asked, ...ids: string[]) => Answer | Promise<Answer>;
}

/** An error as Google writes it, to be thrown by an operation. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(
    status: number,
    reason: string,
    message: string,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    const errors = [{ domain: "global", reason, message }];
    this.answer = { status, headers, body: { error: { code: status, message, errors } } };
  }
}

/** The JSON an operation was sent. */
export function jsonOf<T>({ body }: Asked): T {
  return (body.byteLength === 0 ? {} : JSON.parse(body.toString())) as T;
}

/** A server on loopback. */
export interface Listening extends AsyncDisposable {
  readonly url: string;
}

/** Answers requests until it is disposed. */
export async function listen(
  answer: (asked: Omit<Asked, "user">) => Promise<Answer | "hang-up">,
): Promise<Listening> {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://fake");
    const gone = new AbortController();
    response.once("close", () => gone.abort());
    const asked = {
      method: request.method ?? "GET",
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body: await bodyOf(request),
      gone: gone.signal,
    };
    const answered = await answer(asked);
    if (answered === "hang-up") return void response.destroy();
    send(response, answered);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status = 200, headers = {}, body }: Answer): void {
  if (body === undefined) return void response.writeHead(status, headers).end();
  if (typeof body === "string" || body instanceof Uint8Array) {
    return void response.writeHead(status, headers).end(body);
  }
  const usual = {
    "content-type": "application/json; charset=UTF-8",
    "cache-control": "no-cache, no-store, max-age=0, must-revalidate",
  };
  response.writeHead(status, { ...usual, ...headers }).end(JSON.stringify(body));
}
