import { JSON_RPC, RpcError, ToolError } from "@portico/core";
import { RemoteError } from "@portico/remote-api";
import { GoogleError } from "./google/error.ts";
import { JailError } from "./jail/error.ts";
import { OfficeError } from "./office/error.ts";

/** Turns what Google, the network or a folder refused into what a tool tells the model; all else is passed on. */
export function forModel(error: unknown): unknown {
  return isRefusal(error) || error instanceof JailError ? new ToolError(error.message) : error;
}

/** The same for whoever reads a resource. */
export function forClient(error: unknown): unknown {
  return isRefusal(error) ? new RpcError(JSON_RPC.internalError, error.message) : error;
}

function isRefusal(error: unknown): error is Error {
  return (
    error instanceof GoogleError || error instanceof RemoteError || error instanceof OfficeError
  );
}
