import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";

/**
 * The caller is known, but was not granted what the call needs. HTTP answers it with 403 and a challenge that
 * names the scopes, so that a client can ask its user for them (basic/authorization: step-up).
 */
export class InsufficientScope extends RpcError {
  /** All scopes the call needs, whether granted or not. */
  readonly scopes: readonly string[];

  constructor(scopes: readonly string[]) {
    super(JSON_RPC.invalidRequest, `This needs the scope ${scopes.join(" ")}.`);
    this.scopes = scopes;
  }
}
