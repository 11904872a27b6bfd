import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import { type Asking, Suspended } from "../kernel/ask.ts";
import type { Call, ClientFacts, Principal } from "../kernel/call.ts";
import type { Dispatch } from "../kernel/compose.ts";
import { derivedCall } from "../kernel/derived-call.ts";
import type { Question } from "../kernel/questions.ts";
import type { CallToolResult, LoggingLevel } from "../protocol/index.ts";
import type { JsonObject, JsonValue } from "../schema/json-schema.ts";
import { errorResult } from "./content.ts";
import { InvalidArguments } from "./errors.ts";

/** What a handler may use besides its arguments. The same on every revision and transport. */
export interface Context<Deps = unknown> {
  /** What the server was defined with. */
  readonly deps: Deps;
  readonly principal: Principal | undefined;
  /**
   * Stands for the connection or session the call came by, to keep apart callers whom nobody authenticated.
   * Absent where each request stands alone, as those of 2026-07-28 do over HTTP. Nothing to grant rights by.
   */
  readonly connection: object | undefined;
  readonly client: ClientFacts;
  /**
   * A header of the HTTP request the call came by, for what callers may decide for themselves. Nothing where it came
   * otherwise, and nothing of those that hold a credential.
   */
  header(name: string): string | undefined;
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
  /**
   * Logs to the caller, if it wants logs of this level. Never put secrets in. What comes too fast is dropped, and
   * the caller told how much was; errors are kept apart from the rest there.
   */
  log(level: LoggingLevel, data: JsonValue, logger?: string): void;
  /**
   * Hangs up on the client while the call goes on; it comes back for the answer after `retryMs`, and for what is
   * sent meanwhile. For calls that outlast what proxies let a connection last. Does nothing where a client cannot
   * come back: only 2025-11-25 has it, over HTTP.
   */
  hangUp(retryMs: number): void;
  /**
   * Calls another tool of this server, under the same rights and limits as if the caller had. What goes wrong
   * in it, wrong arguments included, is a result with `isError`.
   * @throws {RpcError} when the tool does not exist, the call is refused, or calls are nested too deeply
   */
  call(tool: string, args?: JsonObject): Promise<CallToolResult>;
}

/** Who calls is told by the principal; its credential is nobody's business behind the transport. */
const SECRET_HEADERS = new Set(["authorization", "cookie", "proxy-authorization"]);

/** How many calls may be inside of each other; deeper, tools are taken to call each other in a circle. */
const DEEPEST_CALL = 16;

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

  get connection(): object | undefined {
    this.#call.looked?.();
    return this.#call.connection;
  }

  get client(): ClientFacts {
    return this.#call.client;
  }

  get signal(): AbortSignal {
    return this.#call.signal;
  }

  header(name: string): string | undefined {
    this.#call.looked?.();
    return SECRET_HEADERS.has(name.toLowerCase()) ? undefined : this.#call.requestHeader?.(name);
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
    this.#call.log?.write(level, data, logger);
  }

  hangUp(retryMs: number): void {
    this.#call.release?.(retryMs);
  }

  async call(tool: string, args: JsonObject = {}): Promise<CallToolResult> {
    const depth = (this.#call.depth ?? 0) + 1;
    if (depth > DEEPEST_CALL) {
      throw new RpcError(
        JSON_RPC.internalError,
        `Tools called each other more than ${DEEPEST_CALL} deep; ${tool} was not called.`,
      );
    }
    const outcome = await this.#asking.within(`${tool}#${this.#inner++}`, (answers) =>
      this.#dispatch(innerCall(this.#call, tool, args, answers, depth)),
    );
    if (outcome.kind === "complete") return outcome.result as unknown as CallToolResult;
    if (outcome.kind === "input_required") throw new Suspended(`${tool} waits for the client.`);
    if (outcome.error instanceof InvalidArguments) return errorResult(outcome.error.message);
    throw outcome.error;
  }
}

/** A call of `tool` by the handler of `outer`: the same caller, and its own answers. */
function innerCall(
  outer: Call,
  tool: string,
  args: JsonObject,
  answers: Call["answers"],
  depth: number,
): Call {
  const { _meta } = outer.params;
  return derivedCall(outer, {
    id: undefined,
    method: "tools/call",
    params: { name: tool, arguments: args, ...(_meta !== undefined && { _meta }) },
    answers,
    depth,
    // How far an inner call has got says nothing of the outer one.
    progress: undefined,
    // Headers repeat the arguments of the outer call.
    header: undefined,
  });
}
