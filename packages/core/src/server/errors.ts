import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";

/**
 * What a tool tells the model when it cannot do as asked: say what was wrong and what to do next.
 * Becomes a result with `isError`, so the model reads it (server/tools: error handling).
 */
export class ToolError extends Error {
  override readonly name = "ToolError";
}

/** A tool's arguments break its input schema. Each revision has its own way to say so. */
export class InvalidArguments extends RpcError {
  constructor(message: string) {
    super(JSON_RPC.invalidParams, message);
  }
}

/** There is no such resource. Each revision has its own code for it. */
export class ResourceNotFound extends RpcError {
  constructor(uri: string) {
    super(JSON_RPC.invalidParams, `Resource not found: ${uri}`, { uri });
  }
}
