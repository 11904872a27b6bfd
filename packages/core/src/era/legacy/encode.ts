import type { JsonRpcResponse } from "../../jsonrpc/message.ts";
import { errorResponse, JSON_RPC, RpcError } from "../../jsonrpc/rpc-error.ts";
import { MissingClientCapability, supports } from "../../kernel/capability.ts";
import type { LiveCall } from "../../kernel/live-call.ts";
import type { Complete, Failed } from "../../kernel/outcome.ts";
import { ResourceNotFound } from "../../kernel/unknown.ts";
import { MCP_ERROR, project, type RequestRow, rowFor } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { errorResult } from "../../server/content.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import { InvalidArguments, VisitRequired } from "../../server/errors.ts";
import { render } from "../render.ts";
import type { Session } from "./session.ts";

/** Renders an outcome as the response to `call`. */
export function encode(
  outcome: Complete | Failed,
  call: LiveCall,
  definition: ServerDefinition,
  session: Session,
): JsonRpcResponse {
  if (outcome.kind === "error") return encodeError(translate(outcome.error, session), call);
  const { id, method, revision } = call;
  const result = render(outcome.result, definition, revision, () => {
    const row = rowFor(definition.methods, method, revision) as RequestRow;
    return project(row.result, revision, outcome.result) as JsonObject;
  });
  return { jsonrpc: "2.0", id, result };
}

function encodeError(error: RpcError, call: LiveCall): JsonRpcResponse {
  if (call.method === "tools/call" && isForModel(error, call)) {
    const result = errorResult(error.message) as unknown as JsonObject;
    return { jsonrpc: "2.0", id: call.id, result };
  }
  if (error instanceof MissingClientCapability) {
    return errorResponse(new RpcError(JSON_RPC.invalidRequest, error.message), call.id);
  }
  return errorResponse(error, call.id);
}

function isForModel(error: RpcError, { revision }: LiveCall): boolean {
  // 2025-11-25 server/tools: input validation errors are tool results; before that, protocol errors.
  if (error instanceof InvalidArguments) return revision >= "2025-11-25";
  // No legacy revision has an error for this, and the model can still do without the tool.
  return error instanceof MissingClientCapability;
}

function translate(error: RpcError, { client, visits }: Session): RpcError {
  if (error instanceof ResourceNotFound) {
    return new RpcError(MCP_ERROR.resourceNotFound, error.message, error.data);
  }
  if (!(error instanceof VisitRequired)) return error;
  // client/elicitation: MUST NOT send what the client did not declare; nobody did before 2025-11-25.
  const needs = { elicitation: { url: {} } };
  if (!supports(client.capabilities, needs)) return new MissingClientCapability(needs);
  for (const { id } of error.visits) visits.add(id);
  return error;
}
