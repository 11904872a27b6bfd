import { JSON_RPC, ResourceNotFound, RpcError, ToolError } from "@portico/core";
import { GitHubError } from "../api/error.ts";
import { forModel } from "../tools/shared/for-model.ts";

/**
 * What a tool would tell its model, as a client is told it; everything else is passed on.
 * @param uri of the resource it is about, which is not found where GitHub has no such thing
 */
export function forClient(error: unknown, uri?: string): unknown {
  const told = forModel(error);
  if (!(told instanceof ToolError)) return told;
  if (uri !== undefined && isMissing(told.cause)) return new ResourceNotFound(uri);
  return new RpcError(JSON_RPC.internalError, told.message);
}

/** Whether GitHub said that there is no such thing, or none this credential may see. */
export function isMissing(error: unknown): boolean {
  return error instanceof GitHubError && error.status === 404;
}
