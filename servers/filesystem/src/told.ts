import { ToolError } from "@portico/core";
import { SandboxError } from "./sandbox/index.ts";
import { SearchError } from "./search/error.ts";
import { TextError } from "./text/error.ts";

/** Whether an error is a refusal by the domain: a sentence for whoever asked, and no bug. */
export function isRefusal(error: unknown): error is SandboxError | TextError | SearchError {
  return (
    error instanceof SandboxError || error instanceof TextError || error instanceof SearchError
  );
}

/** Turns refusals into what a tool tells the model; everything else is passed on. */
export function forModel(error: unknown): unknown {
  return isRefusal(error) ? new ToolError(error.message) : error;
}
