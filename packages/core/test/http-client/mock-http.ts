import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import {
  type Client,
  type ConnectOptions,
  connect,
  type HttpClientOptions,
  httpClient,
  type JsonObject,
} from "../../src/index.ts";

/** One request as it arrived, and the means to answer it. */
export class Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly message: { id?: number; method?: string; params?: JsonObject } & JsonObject;
  readonly #response: ServerResponse;
  /** Resolves when the client hangs up before the answer is over. */
  readonly hungUp: Promise<void>;

  constructor(
    {
      method = "",
      url = "",
      headers,
    }: { method?: string; url?: string; headers: IncomingHttpHeaders },
    body: string,
    response: ServerResponse,
  ) {
    this.method = method;
    this.path = url;
    this.headers = headers;
    this.message = body === "" ? {} : JSON.parse(body);
    this.#response = response;
    this.hungUp = new Promise((resolve) => {
      response.on("close", () => response.writableFinished || resolve());
    });
  }

  /** The metadata of the message. */
  get meta(): JsonObject {
    return (this.message.params?._meta ?? {}) as JsonObject;
  }

  /** Answers with a status and perhaps a body. */
  answer(status: number, body?: unknown, headers: Record<string, string> = {}): void {
    const type = body === undefined ? {} : { "Content-Type": "application/json" };
    this.#response.writeHead(status, { ...type, ...headers });
    const raw = typeof body === "string" || Buffer.isBuffer(body);
    this.#response.end(raw ? body : body && JSON.stringify(body));
  }

  /** Begins a body of JSON and breaks the connection. */
  half(body: string): void {
    this.#response.writeHead(200, { "Content-Type": "application/json", "Content-Length": 1000 });
    this.#response.write(body, () => this.#response.socket?.end());
  }

  /** Answers a request with a result. */
  result(result: object, headers?: Record<string, string>): void {
    this.answer(200, this.response(result), headers);
  }

  /** Answers a request with an error of MCP. */
  error(status: number, code: number, data?: object): void {
    const error = { code, message: "No.", ...(data && { data }) };
    this.answer(status, { jsonrpc: "2.0", id: this.message.id, error });
  }

  /** The message that answers the request. */
  response(result: object): object {
    return { jsonrpc: "2.0", id: this.message.id, result };
  }

  /** Opens a stream of events and returns what writes its text as it is. */
  stream(headers: Record<string, string> = {}): Stream {
    this.#response.writeHead(200, { "Content-Type": "text/event-stream", ...headers });
    this.#response.flushHeaders();
    return new Stream(this.#response);
  }
}

/** A stream of events on its way to the client. */
export class Stream {
  readonly #response: ServerResponse;

  constructor(response: ServerResponse) {
    this.#response = response;
  }

  /** Writes text as it is. */
  raw(text: string): this {
    this.#response.write(text);
    return this;
  }

  /** Sends one message as an event. */
  message(message: object, id?: string): this {
    return this.raw(`${id === undefined ? "" : `id: ${id}\n`}data: ${JSON.stringify(message)}\n\n`);
  }

  /** Sends a notification. */
  notify(method: string, params: object = {}): this {
    return this.message({ jsonrpc: "2.0", method, params });
  }

  /** Ends the response in good order. */
  end(): void {
    this.#response.end();
  }

  /** Breaks the connection, after what was sent. */
  break(): void {
    this.#response.write(": torn\n\n", () => this.#response.socket?.end());
  }
}

/** An HTTP server that answers as its handler says, and remembers what it was asked. */
export class MockHttp implements AsyncDisposable {
  readonly seen: Received[] = [];
  readonly #server: Server;
  readonly #clients: Client[] = [];
  #waiting: (() => void)[] = [];

  private constructor(handle: (request: Received) => unknown) {
    this.#server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part: Buffer) => parts.push(part));
      request.on("end", () => {
        const received = new Received(request, Buffer.concat(parts).toString(), response);
        this.seen.push(received);
        handle(received);
        for (const resolve of this.#waiting.splice(0)) resolve();
      });
    });
  }

  static async start(handle: (request: Received) => unknown): Promise<MockHttp> {
    const mock = new MockHttp(handle);
    await new Promise<void>((resolve) => mock.#server.listen(0, "127.0.0.1", resolve));
    return mock;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get url(): string {
    return `${this.origin}/mcp`;
  }

  /** Stops listening. */
  async stop(): Promise<void> {
    for (const client of this.#clients) await client.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Connects our client; it is closed with the server. */
  async connect(
    options: Partial<ConnectOptions> = {},
    http: HttpClientOptions = {},
  ): Promise<Client> {
    const clientInfo = { name: "host", version: "3" };
    const client = await connect(httpClient(this.url, http), { clientInfo, ...options });
    this.#clients.push(client);
    return client;
  }

  /** What came by `verb`, and when it was a message, of `method`. */
  got(method: string, verb = "POST"): Received[] {
    return this.seen.filter(
      (each) => each.method === verb && (each.message.method ?? "") === method,
    );
  }

  /** The verbs and methods in the order they came. */
  get order(): string[] {
    return this.seen.map(({ method, message }) => message.method ?? method);
  }

  /** Resolves with what `find` finds, as soon as a request has brought it. */
  async until<T>(find: () => T | undefined | false): Promise<T> {
    for (;;) {
      const found = find();
      if (found) return found;
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }
}
