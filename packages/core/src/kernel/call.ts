import type { RequestId } from "../jsonrpc/message.ts";
import type { RpcError } from "../jsonrpc/rpc-error.ts";
import type {
  ClientCapabilities,
  Implementation,
  LoggingLevel,
  Revision,
} from "../protocol/index.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import type { Answers } from "./answers.ts";

/** Who is calling, as the transport established it. Absent where nobody authenticated. */
export interface Principal {
  /** Unique among all callers of this server. */
  readonly id: string;
  /** OAuth scopes granted to this caller. */
  readonly scopes?: readonly string[];
  /** What else was established of this caller, such as a tenant. Never the token itself. */
  readonly claims?: JsonObject;
}

/** What the client said about itself. Unverified: for display and for what it may be asked, never for access. */
export interface ClientFacts {
  readonly info?: Implementation | undefined;
  readonly capabilities: ClientCapabilities;
}

/** A notification that belongs to a running call: progress or a log message. */
export interface Notice {
  readonly method: string;
  readonly params: JsonObject;
}

/** Reports how far a call has got. */
export type ReportProgress = (progress: number, total?: number, message?: string) => void;

/** Takes the log messages of a call. */
export interface LogWriter {
  /** Sends one message, unless the caller does not want its level or there are too many. */
  write(level: LoggingLevel, data: JsonValue, logger?: string): void;
}

/** W3C trace context the request carried in `_meta`. */
export interface TraceContext {
  readonly traceparent?: string;
  readonly tracestate?: string;
  readonly baggage?: string;
}

/** One request on its way to a server: everything a handler may know, and nothing of how it came. */
export interface Call {
  /** The JSON-RPC id of the request; a call that one tool makes to another has none. */
  readonly id?: RequestId | undefined;
  readonly method: string;
  readonly params: JsonObject;
  readonly revision: Revision;
  readonly principal?: Principal | undefined;
  /**
   * Stands for the connection or session the call came by: one object for all calls of it, and nothing else.
   * Absent where each request stands alone, as those of 2026-07-28 do over HTTP.
   */
  readonly connection?: object | undefined;
  readonly client: ClientFacts;
  readonly trace?: TraceContext | undefined;
  /** Present when the caller wants log messages; one log serves all runs of a call. */
  readonly log?: LogWriter | undefined;
  /** Present when the caller wants progress; one reporter serves all runs of a call. */
  readonly progress?: ReportProgress | undefined;
  /** What the client answered so far, and what steps are already done. */
  readonly answers: Answers;
  /** How many other calls this one is inside of; 0, the default, for one that came from outside. */
  readonly depth?: number;
  /** Whether the method's handler may ask the client anything in the revision in use. */
  readonly mayAsk: boolean;
  /** Reads a header the call came with, where it came over HTTP and headers repeat its arguments. */
  readonly header?: ((name: string) => string | undefined) | undefined;
  /** Reads any other header of the HTTP request the call came by; absent where it came otherwise. */
  readonly requestHeader?: ((name: string) => string | undefined) | undefined;
  /** Hears that a handler looked at what neither params nor principal nor client say: the connection, or a header. */
  readonly looked?: (() => void) | undefined;
  /** Hangs up on a client that can come back for the answer after `retryMs`; present where it can. */
  readonly release?: ((retryMs: number) => void) | undefined;
  /**
   * Says why this caller may not make another call, if it may not: for handlers that tell what an earlier call came
   * to. Absent where no step before judges that.
   */
  readonly refusalOf?:
    | ((other: Pick<Call, "method" | "params">) => RpcError | undefined)
    | undefined;
  /** Aborts when the caller cancels or goes away. */
  readonly signal: AbortSignal;
  /** Sends a notification on this call's own stream. */
  readonly emit: (notice: Notice) => void;
}
