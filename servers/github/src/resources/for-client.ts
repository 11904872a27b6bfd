import { JSON_RPC, RpcError, ToolError } from "@portico/core";
import { forModel } from "../tools/shared/for-model.ts";

/** What a tool would tell its model, as a client is told it; everything else is passed on. */
export function forClient(error: unknown): unknown {
  const told = forModel(error);
  return told instanceof ToolError ? new RpcError(JSON_RPC.internalError, told.message) : told;
}
