import type { RequestId } from "../jsonrpc/message.ts";
import type { Change } from "../kernel/changes.ts";
import type { WaitOptions } from "../kernel/pending.ts";
import type {
  ClientCapabilities,
  Implementation,
  LoggingLevel,
  Revision,
  ServerCapabilities,
  SubscriptionFilter,
} from "../protocol/index.ts";
import type { JsonObject } from "../schema/json-schema.ts";

/** The name of an era: with the `initialize` handshake, or with metadata on each request. */
export type EraName = "legacy" | "modern";

/** One connection to a server, as an era uses it. */
export interface Wire {
  /** Sends a request and resolves with its raw result. */
  request(method: string, params?: JsonObject, wait?: WaitOptions): Promise<JsonObject>;
  /** Sends a request whose id matters, because a stream of notifications refers to it. */
  open(
    method: string,
    params?: JsonObject,
    wait?: WaitOptions,
  ): { readonly id: RequestId; readonly result: Promise<JsonObject> };
  notify(method: string, params?: JsonObject): void;
  /** True when silence means no more than that the server is slow: see {@link Transport.answersEach}. */
  readonly answersEach: boolean;
}

/** What a client says of itself. */
export interface Introduction {
  readonly info: Implementation;
  readonly capabilities: ClientCapabilities;
}

/** What meeting a server told; the last three stay unknown when it was not asked. */
export interface ServerFacts {
  readonly era: EraName;
  readonly revision: Revision;
  readonly info?: Implementation | undefined;
  readonly capabilities?: ServerCapabilities | undefined;
  readonly instructions?: string | undefined;
}

/** What the params of a request depend on besides the caller's. */
export interface Envelope extends Introduction {
  readonly revision: Revision;
  /** Least severe log level wanted on this request's stream. */
  readonly logLevel?: LoggingLevel | undefined;
}

/** Answers what a server asks of its client. Rejects with the `RpcError` that says why not. */
export type AnswerInput = (
  method: string,
  params: JsonObject,
  signal: AbortSignal,
) => Promise<JsonObject>;

/** One call from its params to its complete result, in whatever number of messages. */
export interface Exchange {
  readonly revision: Revision;
  readonly method: string;
  readonly params: JsonObject;
  readonly mayAskForInput: boolean;
  /** Kinds of result, besides those of the protocol, that are given back as they came. */
  readonly otherResults: readonly unknown[];
  readonly answer: AnswerInput;
  /** True when the client can send its user to a page. */
  readonly opensPages: boolean;
  readonly signal: AbortSignal;
  /** Sends the params as one request, under a new id, and resolves with the raw result. */
  readonly send: (params: JsonObject) => Promise<JsonObject>;
}

/** One open subscription on one connection. */
export interface Listening {
  /** The part of the filter the server honours. */
  readonly granted: SubscriptionFilter;
  /** Resolves when the server ends it in good order; rejects when it breaks. */
  readonly ended: Promise<void>;
  /** Tells the server that nobody listens any more. */
  stop(): void;
}

/** The subscriptions of one connection. */
export interface Listener {
  /** Opens one; resolves when the server has agreed to it. */
  listen(
    filter: SubscriptionFilter,
    deliver: (change: Change) => void,
    wait: WaitOptions,
  ): Promise<Listening>;
  /** Takes a notification of the server, whatever it is, and delivers what somebody subscribed to. */
  notification(method: string, params: JsonObject): void;
}

/** How a client speaks one era. The functions of both have the same names and files. */
export interface ClientEra {
  /** False where a server may not ask by requests of its own, and gets no answer. */
  readonly answersRequests: boolean;
  /** True when a server may send several messages as one array. */
  readonly hasBatches: (revision: Revision) => boolean;
  /** The request that shows the server is there. */
  readonly aliveMethod: string;
  readonly encode: (params: JsonObject, envelope: Envelope) => JsonObject;
  readonly exchange: (exchange: Exchange) => Promise<JsonObject>;
  /** What is known of the server after one more result; the same object when nothing is new. */
  readonly learn: (facts: ServerFacts, method: string, result: JsonObject) => ServerFacts;
  /** The revision to repeat a request in, when `error` says that the server does not speak the one it was in. */
  readonly mutualRevision: (error: unknown, pinned: Revision | undefined) => Revision | undefined;
  readonly listener: (
    wire: Wire,
    facts: ServerFacts,
    encode: (params: JsonObject) => JsonObject,
  ) => Listener;
}

export { InvalidResponse } from "../kernel/invalid-response.ts";
