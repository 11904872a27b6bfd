import type { JsonRpcResponse } from "../../jsonrpc/message.ts";
import { errorResponse, JSON_RPC, RpcError } from "../../jsonrpc/rpc-error.ts";
import type { LiveCall } from "../../kernel/live-call.ts";
import type { Complete, Outcome } from "../../kernel/outcome.ts";
import type { Sealer } from "../../kernel/seal.ts";
import { META, project, type RequestRow, rowFor } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { CacheHints } from "../../server/cache-hints.ts";
import { errorResult } from "../../server/content.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import { InvalidArguments } from "../../server/errors.ts";
import { encodeInput } from "./input.ts";

/** Renders an outcome as the response to `call`. */
export async function encode(
  outcome: Outcome,
  call: LiveCall,
  definition: ServerDefinition,
  sealer: Sealer,
): Promise<JsonRpcResponse> {
  if (outcome.kind === "error") return encodeError(outcome.error, call, definition);
  const row = rowFor(definition.methods, call.method, call.revision) as RequestRow;
  if (outcome.kind === "complete") {
    return respond(call, definition, encodeComplete(outcome, call, row, definition));
  }
  // basic/patterns/mrtr: MUST NOT ask for input on methods that do not allow it.
  if (!row.mayAskForInput) {
    const message = `${call.method} cannot ask the client for input.`;
    return errorResponse(new RpcError(JSON_RPC.internalError, message), call.id);
  }
  return respond(call, definition, await encodeInput(outcome, call, sealer));
}

function encodeComplete(
  { result }: Complete,
  call: LiveCall,
  row: RequestRow,
  { cache }: ServerDefinition,
): JsonObject {
  const hint = row.cacheableSince && cache[call.method as keyof CacheHints];
  const projected = project(row.result, call.revision, result) as JsonObject;
  return { resultType: "complete", ...hint, ...projected };
}

function encodeError(
  error: RpcError,
  call: LiveCall,
  definition: ServerDefinition,
): JsonRpcResponse {
  // server/tools: input validation failures are results with isError, which the model can read.
  if (error instanceof InvalidArguments) {
    const result = errorResult(error.message) as unknown as JsonObject;
    return respond(call, definition, { resultType: "complete", ...result });
  }
  return errorResponse(error, call.id);
}

/** Wraps a result; basic/index: servers SHOULD say in every result who they are. */
export function respond(
  { id }: { readonly id: LiveCall["id"] },
  { info }: ServerDefinition,
  result: JsonObject,
): JsonRpcResponse {
  const _meta = {
    ...(result._meta as JsonObject),
    [META.serverInfo]: info as unknown as JsonObject,
  };
  return { jsonrpc: "2.0", id, result: { ...result, _meta } };
}
