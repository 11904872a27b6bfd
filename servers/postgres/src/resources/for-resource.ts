import { JSON_RPC, ResourceNotFound, RpcError, ToolError } from "@portico/core";
import { CatalogueError } from "../catalogue/error.ts";
import { forModel } from "../told.ts";

/** Does a resource's work; what does not exist, or not for this caller, is not found, and other refusals are told as errors. */
export async function forResource<T>(uri: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CatalogueError) throw new ResourceNotFound(uri);
    throw refusal(error);
  }
}

/** Turns what a tool would tell its model into what a client is told; everything else is passed on. */
export function refusal(error: unknown): unknown {
  if (error instanceof CatalogueError) return new RpcError(JSON_RPC.invalidParams, error.message);
  const told = forModel(error);
  return told instanceof ToolError
    ? new RpcError(JSON_RPC.internalError, told.message, told.meta)
    : told;
}
