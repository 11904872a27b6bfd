import { SUPPORTED } from "../../era/modern/decode.ts";
import { isModernPost } from "../../era/modern/http.ts";
import { type JsonRpcRequest, kindOf } from "../../jsonrpc/message.ts";
import { RpcError } from "../../jsonrpc/rpc-error.ts";
import { HEADER, isRevision, MCP_ERROR } from "../../protocol/index.ts";
import { type Exchange, HttpRefusal } from "../../transport/http/exchange.ts";
import type { Authenticator, Caller } from "../../transport/http/head.ts";
import { accepted } from "../../transport/http/media-types.ts";
import { errorAnswer, JSON_HEADERS, refusal, tooMany } from "../../transport/http/refusals.ts";
import type { ModernPosts } from "./modern-posts.ts";
import type { HttpLimits } from "./options.ts";
import type { Posted } from "./post-reply.ts";
import { readMessage } from "./read-message.ts";
import { HttpSession, type SessionHost } from "./session.ts";
import { Sessions } from "./sessions.ts";

/** Streamable HTTP of all its revisions at one path: says which era a request is of and where it goes. */
export class StreamableEndpoint {
  readonly #posts: ModernPosts;
  readonly #host: SessionHost;
  readonly #limits: HttpLimits;
  readonly #authenticator: Authenticator | undefined;
  readonly #sessions: Sessions<HttpSession>;
  #stopped = false;

  constructor(
    posts: ModernPosts,
    host: SessionHost,
    limits: HttpLimits,
    authenticator: Authenticator | undefined,
  ) {
    this.#posts = posts;
    this.#host = host;
    this.#limits = limits;
    this.#authenticator = authenticator;
    this.#sessions = new Sessions(limits);
  }

  /** How many sessions are open. */
  get sessions(): number {
    return this.#sessions.size;
  }

  /** Refuses new calls and streams from now on. Answers to what running calls ask are still taken. */
  stop(): void {
    this.#stopped = true;
  }

  /** Ends every call and every session. */
  close(reason: Error): void {
    this.#posts.abort(reason);
    this.#sessions.close(reason);
  }

  handle(exchange: Exchange, caller: Caller): Promise<void> | void {
    switch (exchange.method) {
      case "POST":
        return this.#post(exchange, caller);
      case "GET":
        return this.#get(exchange, caller);
      case "DELETE":
        return this.#delete(exchange, caller);
      default:
        throw notAllowed("POST, GET, DELETE");
    }
  }

  async #post(exchange: Exchange, caller: Caller): Promise<void> {
    const accepts = accepted(exchange.header("accept"));
    if (!accepts.json && !accepts.events) {
      throw new HttpRefusal(
        refusal(406, "Accept application/json and text/event-stream; one of them will come."),
      );
    }
    const body = await readMessage(exchange, this.#limits);
    const posted = { exchange, caller, accepts, authenticator: this.#authenticator };
    if (this.#stopped && asksSomething(body)) throw shuttingDown();
    const version = exchange.header(HEADER.protocolVersion);
    if (isModernPost(body, version)) return this.#modern(body, posted);
    checkVersion(version);
    if (isInitialize(body)) return this.#open(body, posted);
    const session = this.#session(exchange, caller);
    if (this.#host.calls.isFull && asksSomething(body)) throw new HttpRefusal(tooMany("calls"));
    await session.post(body, posted);
  }

  /** 2026-07-28 basic/transports/streamable-http: MUST be a single request or notification. */
  #modern(body: unknown, posted: Posted): Promise<void> | void {
    switch (kindOf(body)) {
      case "request":
        return this.#posts.request(body as JsonRpcRequest, posted);
      case "notification":
        // None has a meaning over HTTP, where closing the stream is the cancel.
        return posted.exchange.answer({ status: 202 });
      default:
        throw new HttpRefusal(
          refusal(400, "The body must be one JSON-RPC request or notification."),
        );
    }
  }

  async #open(request: JsonRpcRequest, { exchange, caller }: Posted): Promise<void> {
    const full = this.#sessions.refusal(caller.principal?.id);
    if (full) throw new HttpRefusal(full);
    const session = new HttpSession(this.#host, caller.principal?.id);
    const response = await session.open(request);
    const body = JSON.stringify(response);
    if ("error" in response) {
      session.close(new Error("The session was not opened."));
      return exchange.answer({ status: 200, headers: JSON_HEADERS, body });
    }
    this.#sessions.add(session);
    const headers = { ...JSON_HEADERS, [HEADER.sessionId]: session.id };
    exchange.answer({ status: 200, headers, body });
  }

  #get(exchange: Exchange, caller: Caller): void {
    // 2026-07-28 has no such stream; older revisions ask for one in a session of theirs.
    if (exchange.header(HEADER.sessionId) === undefined) throw notAllowed("POST");
    if (!accepted(exchange.header("accept")).events) {
      throw new HttpRefusal(refusal(406, "Accept text/event-stream: a GET opens a stream."));
    }
    checkVersion(exchange.header(HEADER.protocolVersion));
    const session = this.#session(exchange, caller);
    if (this.#stopped) throw shuttingDown();
    if (this.#host.streams.isFull()) throw new HttpRefusal(tooMany("streams"));
    if (session.listen(exchange, caller, exchange.header(HEADER.lastEventId))) return;
    throw new HttpRefusal(
      refusal(400, "What came after this Last-Event-ID is not kept any more; listen without it."),
    );
  }

  #delete(exchange: Exchange, caller: Caller): void {
    if (exchange.header(HEADER.sessionId) === undefined) throw notAllowed("POST");
    const session = this.#session(exchange, caller);
    this.#sessions.remove(session, new Error("The client ended the session."));
    exchange.answer({ status: 204 });
  }

  #session(exchange: Exchange, caller: Caller): HttpSession {
    const id = exchange.header(HEADER.sessionId);
    if (id === undefined) {
      // basic/transports: SHOULD answer 400.
      throw new HttpRefusal(
        refusal(400, `Send initialize first, then its ${HEADER.sessionId} with each request.`),
      );
    }
    const session = this.#sessions.find(id, caller.principal?.id);
    // basic/transports: MUST answer 404 once a session is gone, so that the client opens another.
    if (!session)
      throw new HttpRefusal(refusal(404, "There is no such session; initialize again."));
    return session;
  }
}

/** 2025-11-25 basic/transports: MUST answer 400 to a version it does not speak; none at all is an old client's. */
function checkVersion(version: string | undefined): void {
  if (version === undefined || isRevision(version)) return;
  const data = { supported: SUPPORTED, requested: version };
  const code = MCP_ERROR.unsupportedProtocolVersion;
  throw new HttpRefusal(errorAnswer(400, new RpcError(code, "Unsupported protocol version", data)));
}

function isInitialize(body: unknown): body is JsonRpcRequest {
  return kindOf(body) === "request" && (body as JsonRpcRequest).method === "initialize";
}

/** True for a request, or a batch with one in it. */
function asksSomething(body: unknown): boolean {
  return [body].flat().some((each) => kindOf(each) === "request");
}

function notAllowed(allow: string): HttpRefusal {
  const message = `The method is not allowed here; use ${allow}.`;
  return new HttpRefusal(refusal(405, message, { Allow: allow }));
}

function shuttingDown(): HttpRefusal {
  const message = "The server is shutting down; try again later.";
  return new HttpRefusal(refusal(503, message, { "Retry-After": "5" }));
}
