import { RpcError } from "../jsonrpc/rpc-error.ts";
import type { Asking } from "../kernel/ask.ts";
import type { Call, ClientFacts, Principal } from "../kernel/call.ts";
import type { Dispatch } from "../kernel/compose.ts";
import { isSevere } from "../kernel/log-level.ts";
import type { Question } from "../kernel/questions.ts";
import type { CallToolResult, LoggingLevel } from "../protocol/index.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";

/** What a handler may use besides its arguments. The same on every revision and transport. */
export interface Context<Deps = unknown> {
  /** What the server was defined with. */
  readonly deps: Deps;
  readonly principal: Principal | undefined;
  readonly client: ClientFacts;
  /** Aborts when the caller cancels or goes away. */
  readonly signal: AbortSignal;
  /**
   * Asks the client something and returns its answer. Where no answer is there yet the handler is left
   * here and entered again from its beginning once there is: put side effects after the last `ask`,
   * or into {@link Context.once}.
   * @param key names the question; unique among the questions of one call
   * @throws {MissingClientCapability} when the client cannot be asked this
   */
  ask<T>(key: string, question: Question<T>): Promise<T>;
  /** True when the client can be asked `question`. */
  can(question: Question<unknown>): boolean;
  /** Does a step only once however often the handler is entered; its value must survive JSON. */
  once<T extends JsonValue>(key: string, step: () => T | Promise<T>): Promise<T>;
  /** Tells the caller how far the call has got, if it wants to know. `progress` must grow. */
  progress(progress: number, total?: number, message?: string): void;
  /** Logs to the caller, if it wants logs of this level. Never put secrets in. */
  log(level: LoggingLevel, data: JsonValue, logger?: string): void;
  /**
   * Calls another tool of this server, under the same rights and limits as if the caller had.
   * @throws {RpcError} when the tool does not exist or the call is refused
   */
  call(tool: string, args?: JsonObject): Promise<CallToolResult>;
}

/** The {@link Context} of one run of one handler. */
export class CallContext<Deps> implements Context<Deps> {
  readonly deps: Deps;
  readonly #call: Call;
  readonly #asking: Asking;
  readonly #dispatch: Dispatch;
  #inner = 0;

  constructor(deps: Deps, call: Call, asking: Asking, dispatch: Dispatch) {
    this.deps = deps;
    this.#call = call;
    this.#asking = asking;
    this.#dispatch = dispatch;
  }

  get principal(): Principal | undefined {
    return this.#call.principal;
  }

  get client(): ClientFacts {
    return this.#call.client;
  }

  get signal(): AbortSignal {
    return this.#call.signal;
  }

  ask<T>(key: string, question: Question<T>): Promise<T> {
    return this.#asking.ask(key, question);
  }

  can(question: Question<unknown>): boolean {
    return this.#asking.can(question);
  }

  once<T extends JsonValue>(key: string, step: () => T | Promise<T>): Promise<T> {
    return this.#asking.once(key, step);
  }

  progress(progress: number, total?: number, message?: string): void {
    this.#call.progress?.(progress, total, message);
  }

  log(level: LoggingLevel, data: JsonValue, logger?: string): void {
    const { logLevel, emit } = this.#call;
    if (logLevel === undefined || !isSevere(level, logLevel)) return;
    const params = { level, ...(logger !== undefined && { logger }), data };
    emit({ method: "notifications/message", params });
  }

  async call(tool: string, args: JsonObject = {}): Promise<CallToolResult> {
    const outer = this.#call;
    const { _meta } = this.#call.params;
    const params = { name: tool, arguments: args, ...(_meta !== undefined && { _meta }) };
    const outcome = await this.#asking.within(`${tool}#${this.#inner++}`, (answers) =>
      this.#dispatch({
        method: "tools/call",
        params,
        answers,
        revision: outer.revision,
        principal: outer.principal,
        client: outer.client,
        trace: outer.trace,
        logLevel: outer.logLevel,
        get signal() {
          return outer.signal;
        },
        emit: outer.emit,
      }),
    );
    if (outcome.kind === "error") throw outcome.error;
    if (outcome.kind === "complete") return outcome.result as unknown as CallToolResult;
    throw new RpcError(-32603, `The tool ${tool} did not finish.`);
  }
}
