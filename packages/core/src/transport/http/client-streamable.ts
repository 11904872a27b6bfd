import { decode, type MessageLimits } from "../../jsonrpc/codec.ts";
import type { JsonRpcMessage, JsonRpcRequest } from "../../jsonrpc/message.ts";
import { RpcError } from "../../jsonrpc/rpc-error.ts";
import { InvalidResponse } from "../../kernel/invalid-response.ts";
import { HEADER, type Methods } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { AnswerTaker, type Inbox } from "./client-answer.ts";
import { discard, mediaType, readText } from "./client-body.ts";
import { RequestLost, SessionGone } from "./client-errors.ts";
import { follow, type StreamCursor } from "./client-events.ts";
import type { HttpSender } from "./client-fetch.ts";
import { ACCEPT, modernHeaders, statedRevision } from "./client-headers.ts";
import type { ParamMirror } from "./client-params.ts";
import { isUnknownMethod, type Refusal, readRefusal } from "./client-refusal.ts";
import { reopen, standingStream } from "./client-resume.ts";

/** Visible ASCII (2025-11-25 basic/transports, session management: MUST), and not without end. */
const SESSION_ID = /^[\x21-\x7e]{1,4096}$/;
const VERSION = /^[\x21-\x7e]{1,64}$/;

/** What this side of Streamable HTTP is made of. */
export interface StreamableParts {
  /** The rows of what is sent. */
  readonly methods: () => Methods;
  readonly endpoint: URL;
  readonly sender: HttpSender;
  readonly limits: MessageLimits;
  readonly mirror: ParamMirror;
  readonly inbox: Inbox;
}

/**
 * Streamable HTTP of every revision. A modern message brings its revision along; the session and the revision of a
 * legacy connection are learned from the answer to `initialize`.
 */
export class Streamable {
  readonly #parts: StreamableParts;
  #sessionId: string | undefined;
  #agreed: string | undefined;

  constructor(parts: StreamableParts) {
    this.#parts = parts;
  }

  /**
   * Sends a request and hands on everything it is answered with; resolves when there is no more to come.
   * @param answered called when the answer has come
   * @returns the refusal, if that was all
   * @throws {SessionGone | RequestLost | InvalidResponse | RpcError} when there is no answer to hand on
   */
  async exchange(
    request: JsonRpcRequest,
    body: string,
    answered: () => void,
    signal: AbortSignal,
  ): Promise<Refusal | undefined> {
    const legacy = statedRevision(request) === undefined;
    const response = await this.#post(request, body, signal);
    if (!response.ok) {
      const refusal = await readRefusal(response, this.#parts.limits);
      if (legacy && request.method !== "initialize") this.#checkSession(refusal);
      return refusal;
    }
    if (request.method === "initialize") this.#adopt(response);
    const learn = (result: JsonObject) => this.#learn(request, result);
    const taker = new AnswerTaker(request, this.#parts.inbox, { learn, answered });
    await this.#read(response, taker, legacy, signal);
    return;
  }

  /**
   * Sends what gets no answer of its own.
   * @throws {SessionGone} when the server does not know the session
   */
  async post(
    message: JsonRpcMessage | readonly JsonRpcMessage[],
    body: string,
    signal: AbortSignal,
  ) {
    const response = await this.#post(message, body, signal);
    if (response.ok) return discard(response);
    this.#checkSession(await readRefusal(response, this.#parts.limits));
  }

  /**
   * Reads the stream for what belongs to no request, again and again, until the server does not offer it.
   * @throws {SessionGone} when the server does not know the session any more
   */
  listen(signal: AbortSignal): Promise<void> {
    const { limits, inbox } = this.#parts;
    const take = (text: string) => {
      try {
        inbox.message(decode(text, limits));
      } catch (error) {
        inbox.damaged(error as RpcError);
      }
    };
    const read = (response: Response, cursor: StreamCursor) =>
      follow(response, limits, cursor, take);
    return standingStream((cursor) => this.#get(cursor, signal), read, signal);
  }

  /** Tells the server that the session is over, where there is one. 2025-11-25 basic/transports: SHOULD. */
  async end(signal: AbortSignal): Promise<void> {
    if (this.#sessionId === undefined) return;
    const { endpoint: url, sender } = this.#parts;
    await discard(await sender.send({ method: "DELETE", url, headers: this.#session() }, signal));
  }

  #post(
    message: JsonRpcMessage | readonly JsonRpcMessage[],
    body: string,
    signal: AbortSignal,
  ): Promise<Response> {
    const { endpoint: url, sender } = this.#parts;
    const headers = { "Content-Type": "application/json", Accept: ACCEPT, ...this.#about(message) };
    return sender.send({ method: "POST", url, headers, body }, signal);
  }

  /** The headers that depend on the message. */
  #about(message: JsonRpcMessage | readonly JsonRpcMessage[]): Record<string, string> {
    if (Array.isArray(message)) return this.#session();
    const request = message as JsonRpcRequest;
    const stated = statedRevision(request);
    if (stated !== undefined) {
      return {
        ...modernHeaders(request, stated, this.#parts.methods()),
        ...this.#parts.mirror.fields(request),
      };
    }
    return request.method === "initialize" ? {} : this.#session();
  }

  /** What every message of a legacy connection has after `initialize`: MUST, both. */
  #session(): Record<string, string> {
    return {
      ...(this.#sessionId !== undefined && { [HEADER.sessionId]: this.#sessionId }),
      ...(this.#agreed !== undefined && { [HEADER.protocolVersion]: this.#agreed }),
    };
  }

  #get({ lastEventId }: StreamCursor, signal: AbortSignal): Promise<Response> {
    const { endpoint: url, sender } = this.#parts;
    const headers = {
      Accept: "text/event-stream",
      ...this.#session(),
      ...(lastEventId !== undefined && { [HEADER.lastEventId]: lastEventId }),
    };
    return sender.send({ method: "GET", url, headers }, signal);
  }

  #adopt(response: Response): void {
    const id = response.headers.get(HEADER.sessionId);
    if (id !== null && !SESSION_ID.test(id)) {
      throw new InvalidResponse(
        "The server's session id is not 1 to 4096 visible ASCII characters.",
      );
    }
    this.#sessionId = id ?? undefined;
  }

  #learn(request: JsonRpcRequest, result: JsonObject): JsonObject {
    if (request.method === "initialize") {
      const { protocolVersion: version } = result;
      this.#agreed = typeof version === "string" && VERSION.test(version) ? version : undefined;
    }
    return statedRevision(request) === undefined
      ? result
      : this.#parts.mirror.learn(request, result);
  }

  #checkSession({ status, rpc }: Refusal): void {
    const gone = status === 404 && !isUnknownMethod(status, rpc);
    if (gone && this.#sessionId !== undefined) throw new SessionGone();
  }

  async #read(
    response: Response,
    taker: AnswerTaker,
    resumable: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { limits } = this.#parts;
    const take = (text: string) => taker.take(decode(text, limits));
    const type = mediaType(response);
    if (type === "text/event-stream") {
      await this.#stream(response, taker, resumable, signal);
    } else if (type === "application/json") {
      take(await unbroken(readText(response, limits), signal));
    } else {
      await discard(response);
    }
    if (taker.answered) return;
    const what = type === "" ? "nothing" : `content of type ${JSON.stringify(type)}`;
    throw new InvalidResponse(
      `The server answered with HTTP ${response.status} and ${what}, but no answer to the request.`,
    );
  }

  /** Reads the stream of one request, over as many connections as it takes where it can be resumed. */
  async #stream(
    first: Response,
    taker: AnswerTaker,
    resumable: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { limits } = this.#parts;
    const cursor: StreamCursor = { seen: 0 };
    let response = first;
    for (;;) {
      try {
        await follow(response, limits, cursor, (text) => taker.take(decode(text, limits)));
      } catch (error) {
        if (!taker.answered) signal.throwIfAborted();
        if (error instanceof RpcError) throw error;
      }
      if (taker.answered) return;
      if (!resumable || cursor.lastEventId === undefined) {
        throw new RequestLost("The server's stream broke off before the answer came.");
      }
      response = await reopen(cursor, () => this.#get(cursor, signal), signal);
    }
  }
}

async function unbroken<T>(reading: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RpcError) throw error;
    throw new RequestLost("The connection broke off before the answer had come whole.", {
      cause: error,
    });
  }
}
