import { invalidParams, JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";

// One wording for what does not exist, because what a caller may not know of must look the same.

/** There is no such tool. */
export function unknownTool(name: string): RpcError {
  return invalidParams(`Unknown tool: ${name}`);
}

/** There is no such prompt. */
export function unknownPrompt(name: string): RpcError {
  return invalidParams(`Unknown prompt: ${name}`);
}

/** There is no such resource template. */
export function unknownTemplate(uriTemplate: string): RpcError {
  return invalidParams(`Unknown resource template: ${uriTemplate}`);
}

/** There is no such resource. Each revision has its own code for it. */
export class ResourceNotFound extends RpcError {
  constructor(uri: string) {
    super(JSON_RPC.invalidParams, `Resource not found: ${uri}`, { uri });
  }
}
