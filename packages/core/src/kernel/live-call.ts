import type { RequestId } from "../jsonrpc/message.ts";
import type { LoggingLevel, Revision } from "../protocol/index.ts";
import { LATEST_REVISION } from "../protocol/revisions.ts";
import type { JsonObject } from "../schema/json-schema.ts";
import { type Answers, NO_ANSWERS } from "./answers.ts";
import type { Call, ClientFacts, Notice, Principal, ReportProgress, TraceContext } from "./call.ts";
import { CallLog, type LogLimit } from "./log.ts";

const NOBODY: ClientFacts = { capabilities: {} };

/**
 * A call while its connection runs it: an era fills in what its wire says, the connection can cancel it.
 * Its AbortController is made only when somebody looks, since most calls end before anyone does.
 */
export class LiveCall implements Call {
  readonly id: RequestId;
  readonly method: string;
  readonly params: JsonObject;
  readonly emit: (notice: Notice) => void;
  revision: Revision = LATEST_REVISION;
  principal: Principal | undefined;
  connection: object | undefined;
  client: ClientFacts = NOBODY;
  trace: TraceContext | undefined;
  /** Least severe log level the caller wants; absent means none. */
  logLevel: LoggingLevel | undefined;
  /** The limit on log messages that this call shares with others. */
  logLimit: LogLimit | undefined;
  progress: ReportProgress | undefined;
  answers: Answers = NO_ANSWERS;
  mayAsk = true;
  // V8 allocates a function that is written in an assignment to a property among the old objects, where it and all it
  // knows outlive the call: these take functions that are there already.
  header: Call["header"];
  requestHeader: Call["requestHeader"];
  release: Call["release"];
  #log: CallLog | undefined;
  #controller: AbortController | undefined;
  #aborted: { reason: unknown } | undefined;

  constructor(id: RequestId, method: string, params: JsonObject, emit: (notice: Notice) => void) {
    this.id = id;
    this.method = method;
    this.params = params;
    this.emit = emit;
  }

  get log(): CallLog | undefined {
    if (this.logLevel === undefined) return undefined;
    this.#log ??= new CallLog(this.logLevel, this.emit, this.logLimit);
    return this.#log;
  }

  /** Says what is still to be said on this call's stream before its answer. */
  conclude(): void {
    this.#log?.tellDropped();
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#aborted) this.#controller.abort(this.#aborted.reason);
    return this.#controller.signal;
  }

  /** True once the caller has cancelled or gone away: nothing more may be sent for it. */
  get cancelled(): boolean {
    return this.#aborted !== undefined;
  }

  abort(reason: unknown): void {
    this.#aborted ??= { reason };
    this.#controller?.abort(reason);
  }
}
