import type { JsonRpcResponse } from "../../jsonrpc/message.ts";
import { errorResponse, JSON_RPC, RpcError } from "../../jsonrpc/rpc-error.ts";
import { MissingClientCapability } from "../../kernel/capability.ts";
import type { LiveCall } from "../../kernel/live-call.ts";
import type { Complete, Failed } from "../../kernel/outcome.ts";
import { MCP_ERROR, project, type RequestRow, rowFor } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { errorResult } from "../../server/content.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import { InvalidArguments, ResourceNotFound } from "../../server/errors.ts";

/** Renders an outcome as the response to `call`. */
export function encode(
  outcome: Complete | Failed,
  call: LiveCall,
  definition: ServerDefinition,
): JsonRpcResponse {
  if (outcome.kind === "error") return encodeError(outcome.error, call);
  const row = rowFor(definition.methods, call.method, call.revision) as RequestRow;
  const result = project(row.result, call.revision, outcome.result) as JsonObject;
  return { jsonrpc: "2.0", id: call.id, result };
}

function encodeError(error: RpcError, call: LiveCall): JsonRpcResponse {
  const forModel = error instanceof InvalidArguments || error instanceof MissingClientCapability;
  if (forModel && call.method === "tools/call" && readsInputErrors(call, error)) {
    const result = errorResult(error.message) as unknown as JsonObject;
    return { jsonrpc: "2.0", id: call.id, result };
  }
  return errorResponse(translate(error), call.id);
}

// 2025-11-25 server/tools: input validation errors are tool results; before that, protocol errors.
function readsInputErrors(call: LiveCall, error: RpcError): boolean {
  return error instanceof MissingClientCapability || call.revision >= "2025-11-25";
}

function translate(error: RpcError): RpcError {
  if (error instanceof ResourceNotFound) {
    return new RpcError(MCP_ERROR.resourceNotFound, error.message, error.data);
  }
  if (error instanceof MissingClientCapability) {
    return new RpcError(JSON_RPC.invalidRequest, error.message);
  }
  return error;
}
