import type { Client } from "../client/client.ts";
import { connect as connectClient } from "../client/connect.ts";
import type { ClientHandlers } from "../client/handlers.ts";
import type { ConnectOptions } from "../client/options.ts";
import { type ServeOptions, serve } from "../entry/serve.ts";
import { LATEST_REVISION, type Revision } from "../protocol/index.ts";
import type { ServerDefinition } from "../server/definition.ts";
import { memoryPair } from "../transport/memory.ts";
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
  const { revision = LATEST_REVISION, answers, middleware = [] } = options;
  const book = answers && new AnswerBook(answers);
  const [ours, theirs] = memoryPair();
  serve(server, theirs, { ...options, middleware: [...(book ? [book.tag] : []), ...middleware] });
  return connectClient(ours, {
    clientInfo: { name: "test", version: "1.0.0" },
    ...(book && handlersOf(book)),
    ...options,
    revision,
  });
}

function handlersOf(book: AnswerBook): ClientHandlers {
  return {
    onElicit: { form: (params) => book.answer(params), url: (params) => book.answer(params) },
    onSample: { run: (params) => book.answer(params), tools: true, context: true },
    roots: () => book.roots(),
  };
}
