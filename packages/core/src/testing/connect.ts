import type { Client } from "../client/client.ts";
import { connect as connectClient } from "../client/connect.ts";
import type { ClientHandlers } from "../client/handlers.ts";
import type { ConnectOptions } from "../client/options.ts";
import { httpHandler } from "../entry/http/handler.ts";
import { type ServeOptions, serve } from "../entry/serve.ts";
import type { Principal } from "../kernel/call.ts";
import { LATEST_REVISION, type Revision } from "../protocol/index.ts";
import type { ServerDefinition } from "../server/definition.ts";
import { httpClient } from "../transport/http/client.ts";
import type { Authenticator } from "../transport/http/head.ts";
import { memoryPair } from "../transport/memory.ts";
import type { Transport } from "../transport/transport.ts";
import { AnswerBook, type Answers } from "./answers.ts";

/** How a test meets a server. Anything that `connect` and `serve` take may be given as well. */
export interface TestConnectOptions extends Partial<Omit<ConnectOptions, "era">>, ServeOptions {
  /** The revision both sides speak. Default: the newest. */
  readonly revision?: Revision;
  /**
   * What the client answers, by the keys the server's handlers ask under, the same on every revision.
   * Given, the client declares forms, pages, sampling and roots, and a question without an answer fails.
   */
  readonly answers?: Answers;
  /**
   * What lies in between. `http`: requests and responses of HTTP as well, with their headers, sessions and status.
   * Default `memory`.
   */
  readonly over?: "memory" | "http";
}

/**
 * Connects to a server in this process: the whole protocol in between, with no process or socket.
 * Close the client when the test is over; the server's end goes with it.
 * @throws what `connect` throws
 */
export function connect(
  server: ServerDefinition,
  options: TestConnectOptions = {},
): Promise<Client> {
  const { revision = LATEST_REVISION, answers, middleware = [], over = "memory" } = options;
  const book = answers && new AnswerBook(answers);
  const serving = { ...options, middleware: [...(book ? [book.tag] : []), ...middleware] };
  return connectClient(over === "http" ? overHttp(server, serving) : inMemory(server, serving), {
    clientInfo: { name: "test", version: "1.0.0" },
    ...(book && handlersOf(book)),
    ...options,
    revision,
  });
}

function inMemory(server: ServerDefinition, options: ServeOptions): Transport {
  const [ours, theirs] = memoryPair();
  serve(server, theirs, options);
  return ours;
}

function overHttp(server: ServerDefinition, options: ServeOptions): () => Transport {
  const { principal, ...rest } = options;
  const authenticator = principal && knowing(principal);
  const handler = httpHandler(server, { ...rest, ...(authenticator && { authenticator }) });
  const fetch = (url: URL, init: RequestInit) => handler.fetch(new Request(url, init));
  return httpClient("http://localhost/mcp", { fetch });
}

/** Takes everybody for one caller. */
function knowing(principal: Principal): Authenticator {
  return {
    authenticate: () => ({ principal }),
    insufficientScope: (scopes) => ({
      status: 403,
      headers: {
        "WWW-Authenticate": `Bearer error="insufficient_scope", scope="${scopes.join(" ")}"`,
      },
    }),
  };
}

function handlersOf(book: AnswerBook): ClientHandlers {
  return {
    onElicit: { form: (params) => book.answer(params), url: (params) => book.answer(params) },
    onSample: { run: (params) => book.answer(params), tools: true, context: true },
    roots: () => book.roots(),
  };
}
