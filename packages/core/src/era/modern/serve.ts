import type { JsonRpcRequest, JsonRpcResponse } from "../../jsonrpc/message.ts";
import type { Principal } from "../../kernel/call.ts";
import type { Dispatch } from "../../kernel/compose.ts";
import type { LiveCall } from "../../kernel/live-call.ts";
import { complete, type Outcome } from "../../kernel/outcome.ts";
import type { Sealer } from "../../kernel/seal.ts";
import { rowFor } from "../../protocol/index.ts";
import { checkParams } from "../../server/check-params.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import { decode } from "./decode.ts";
import { discover } from "./discover.ts";
import { encode } from "./encode.ts";
import { isRetry, openAnswers } from "./input.ts";
import { listen } from "./subscriptions.ts";

/** Answers requests that bring their own metadata. Keeps nothing between them but open listen streams. */
export class ModernServer {
  readonly #definition: ServerDefinition;
  readonly #dispatch: Dispatch;
  readonly #sealer: Sealer;
  readonly #principal: Principal | undefined;
  readonly #ended = new AbortController();

  constructor(
    definition: ServerDefinition,
    dispatch: Dispatch,
    sealer: Sealer,
    principal: Principal | undefined,
  ) {
    this.#definition = definition;
    this.#dispatch = dispatch;
    this.#sealer = sealer;
    this.#principal = principal;
  }

  /** @throws {RpcError} when the metadata or the params are malformed */
  async answer(request: JsonRpcRequest, call: LiveCall): Promise<JsonRpcResponse | undefined> {
    const definition = this.#definition;
    decode(request, call, this.#principal);
    // server/utilities/logging: a server that logs MUST declare it.
    if (!definition.capabilities.logging) call.logLevel = undefined;
    if (call.method === "subscriptions/listen") {
      this.#check(call);
      return listen(call, definition, this.#ended.signal);
    }
    return encode(await this.#run(call), call, definition, this.#sealer);
  }

  async #run(call: LiveCall): Promise<Outcome> {
    if (call.method === "server/discover") {
      this.#check(call);
      return complete(discover(this.#definition));
    }
    const row = rowFor(this.#definition.methods, call.method, call.revision);
    call.mayAsk = row?.kind === "request" && row.mayAskForInput === true;
    if (call.mayAsk && isRetry(call)) call.answers = await openAnswers(call, this.#sealer);
    return this.#dispatch(call);
  }

  /** Ends every listen stream with a result. */
  close(): void {
    this.#ended.abort();
  }

  #check(call: LiveCall): void {
    const row = rowFor(this.#definition.methods, call.method, call.revision);
    if (row?.kind === "request") checkParams(row, call);
  }
}
