import { ToolError } from "@portico/core";
import { RemoteError } from "@portico/remote-api";
import { GitHubError } from "../../api/error.ts";

/** What went wrong, as the model reads it; a bug stays one. */
export function forModel(error: unknown): unknown {
  const isForModel = error instanceof GitHubError || error instanceof RemoteError;
  return isForModel ? new ToolError(error.message, { cause: error }) : error;
}
