import { JSON_RPC, RpcError, ToolError } from "@portico/core";
import { GraphError } from "./graph/error.ts";

/** Turns refusals of the graph into what a tool tells the model; everything else is passed on. */
export function forModel(error: unknown): unknown {
  return error instanceof GraphError ? new ToolError(error.message) : error;
}

/** Turns refusals of the graph into what a client is told; everything else is passed on. */
export function forClient(error: unknown): unknown {
  return error instanceof GraphError ? new RpcError(JSON_RPC.invalidParams, error.message) : error;
}
