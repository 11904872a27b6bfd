import type { JsonRpcRequest, JsonRpcResponse } from "../../jsonrpc/message.ts";
import type { Dispatch } from "../../kernel/compose.ts";
import type { LiveCall } from "../../kernel/live-call.ts";
import { complete, type Outcome } from "../../kernel/outcome.ts";
import type { Sealer } from "../../kernel/seal.ts";
import { rowFor } from "../../protocol/index.ts";
import { checkParams } from "../../server/check-params.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import type { ServerDispatch } from "../../server/dispatch.ts";
import { decode } from "./decode.ts";
import { discover } from "./discover.ts";
import { encode } from "./encode.ts";
import { Ending } from "./ending.ts";
import { isRetry, openAnswers } from "./input.ts";
import { listen } from "./subscriptions.ts";

/** Answers requests that bring their own metadata. Keeps nothing between them but open listen streams. */
export class ModernServer {
  readonly #definition: ServerDefinition;
  readonly #dispatch: ServerDispatch;
  readonly #sealer: Sealer;
  readonly #ended = new Ending();

  constructor(definition: ServerDefinition, dispatch: ServerDispatch, sealer: Sealer) {
    this.#definition = definition;
    this.#dispatch = dispatch;
    this.#sealer = sealer;
  }

  /**
   * @param call knows its principal already, where there is one
   * @throws {RpcError} when the metadata or the params are malformed
   */
  async answer(request: JsonRpcRequest, call: LiveCall): Promise<JsonRpcResponse | undefined> {
    const definition = this.#definition;
    decode(request, call);
    // server/utilities/logging: a server that logs MUST declare it.
    if (!definition.capabilities.logging) call.logLevel = undefined;
    const outcome = await this.#run(call);
    call.conclude();
    return call.cancelled ? undefined : encode(outcome, call, definition, this.#sealer);
  }

  async #run(call: LiveCall): Promise<Outcome> {
    const row = rowFor(this.#definition.methods, call.method, call.revision);
    call.mayAsk = row?.kind === "request" && row.mayAskForInput === true;
    if (call.mayAsk && isRetry(call)) call.answers = await openAnswers(call, this.#sealer);
    return this.#dispatch(call, this.#own(call));
  }

  /** What answers instead of the definition, for the methods of this era that need none of it. */
  #own({ id, method }: LiveCall): Dispatch | undefined {
    const definition = this.#definition;
    switch (method) {
      case "server/discover":
        return this.#checked(async () => complete(discover(definition)));
      case "subscriptions/listen":
        return this.#checked((call) => listen(call, id, definition, this.#ended));
      default:
        return undefined;
    }
  }

  /** Ends every listen stream with a result. */
  close(): void {
    this.#ended.end();
  }

  #checked(answer: Dispatch): Dispatch {
    return async (call) => {
      const row = rowFor(this.#definition.methods, call.method, call.revision);
      if (row?.kind === "request") checkParams(row, call);
      return answer(call);
    };
  }
}
