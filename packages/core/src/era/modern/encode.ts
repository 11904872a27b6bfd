import type { JsonRpcResponse } from "../../jsonrpc/message.ts";
import { errorResponse, JSON_RPC, RpcError } from "../../jsonrpc/rpc-error.ts";
import { MissingClientCapability, supports } from "../../kernel/capability.ts";
import type { LiveCall } from "../../kernel/live-call.ts";
import { type Complete, failed, type Outcome } from "../../kernel/outcome.ts";
import type { Sealer } from "../../kernel/seal.ts";
import {
  type ErrorRow,
  errors,
  MCP_ERROR,
  META,
  project,
  type RequestRow,
  rowFor,
  within,
} from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import type { CacheHints } from "../../server/cache-hints.ts";
import { errorResult } from "../../server/content.ts";
import type { ServerDefinition } from "../../server/definition.ts";
import { InvalidArguments, VisitRequired } from "../../server/errors.ts";
import { render } from "../render.ts";
import { encodeInput } from "./input.ts";

/** Renders an outcome as the response to `call`. */
export async function encode(
  outcome: Outcome,
  call: LiveCall,
  definition: ServerDefinition,
  sealer: Sealer,
): Promise<JsonRpcResponse> {
  const row = rowFor(definition.methods, call.method, call.revision) as RequestRow;
  if (outcome.kind === "error") {
    const { error } = outcome;
    if (!(error instanceof VisitRequired)) return encodeError(error, call, definition);
    return encode(visitsOf(error, call), call, definition, sealer);
  }
  if (outcome.kind === "complete") {
    const { id, revision } = call;
    const result = render(outcome.result, definition, revision, () =>
      signed(encodeComplete(outcome, call, row, definition), definition),
    );
    return { jsonrpc: "2.0", id, result };
  }
  // basic/patterns/mrtr: MUST NOT ask for input on methods that do not allow it.
  if (!row.mayAskForInput) {
    const message = `${call.method} cannot ask the client for input.`;
    return errorResponse(new RpcError(JSON_RPC.internalError, message), call.id);
  }
  const result = signed(await encodeInput(outcome, call, sealer), definition);
  return { jsonrpc: "2.0", id: call.id, result };
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

/** 2026-07-28 basic/index: MUST NOT emit -32042; what it says is a question here. */
function visitsOf({ requests }: VisitRequired, call: LiveCall): Outcome {
  const needs = { elicitation: { url: {} } };
  if (!supports(call.client.capabilities, needs)) return failed(new MissingClientCapability(needs));
  return { kind: "input_required", requests, answers: call.answers };
}

function encodeError(
  error: RpcError,
  call: LiveCall,
  definition: ServerDefinition,
): JsonRpcResponse {
  // server/tools: input validation failures are results with isError, which the model can read.
  if (error instanceof InvalidArguments) {
    const told = errorResult(error.message) as unknown as JsonObject;
    const result = signed({ resultType: "complete", ...told }, definition);
    return { jsonrpc: "2.0", id: call.id, result };
  }
  return errorResponse(new RpcError(codeOf(error, call), error.message, error.data), call.id);
}

/** The code of `error` where this revision has it. */
function codeOf({ code }: RpcError, { revision }: LiveCall): number {
  // server/resources: MUST NOT emit the older revisions' code for a missing resource.
  if (code === MCP_ERROR.resourceNotFound) return JSON_RPC.invalidParams;
  // basic/index: MUST NOT emit codes of the protocol's range that it does not define.
  const isReserved = code <= -32020 && code >= -32099;
  return isReserved && !defined.some((row) => row.code === code && within(row, revision))
    ? JSON_RPC.internalError
    : code;
}

const defined: readonly ErrorRow[] = Object.values(errors);

/** basic/index: servers SHOULD say in every result who they are. */
function signed(result: JsonObject, { info }: ServerDefinition): JsonObject {
  const _meta = {
    ...(result._meta as JsonObject),
    [META.serverInfo]: info as unknown as JsonObject,
  };
  return { ...result, _meta };
}
