import { JSON_RPC, RpcError, ToolError } from "@portico/core";
import { GraphError, type GraphErrorCode } from "./graph/error.ts";

/** Turns refusals of the graph into what a tool tells the model; everything else is passed on. */
export function forModel(error: unknown): unknown {
  return error instanceof GraphError ? new ToolError(error.message) : error;
}

/** What is wrong with the memory, not with what the client asked. */
const OURS: ReadonlySet<GraphErrorCode> = new Set(["busy", "full", "damaged", "read-only"]);

/** Turns refusals of the graph into what a client is told; everything else is passed on. */
export function forClient(error: unknown): unknown {
  if (!(error instanceof GraphError)) return error;
  const code = OURS.has(error.code) ? JSON_RPC.internalError : JSON_RPC.invalidParams;
  return new RpcError(code, error.message);
}
