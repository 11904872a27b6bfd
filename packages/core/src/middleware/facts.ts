import { JSON_RPC, RpcError } from "../jsonrpc/rpc-error.ts";
import type { Call } from "../kernel/call.ts";
import type { Dispatch, Middleware } from "../kernel/compose.ts";
import { failed, type Outcome } from "../kernel/outcome.ts";
import { METHODS, type Methods } from "../protocol/index.ts";

/** How a call ended, in words that never grow in number. */
export type Status = "ok" | "tool_error" | "input_required" | "cancelled" | "error";

/** Says how `call` ended. A tool's own failure travels in a result, and is told apart here. */
export function statusOf(outcome: Outcome, call: Call): Status {
  if (outcome.kind === "input_required") return "input_required";
  // The signal is only looked at where it can matter, because a call makes it on demand.
  if (outcome.kind === "error") return call.signal.aborted ? "cancelled" : "error";
  return call.method === "tools/call" && outcome.result.isError === true ? "tool_error" : "ok";
}

/** The tool or prompt a call names. */
export function nameOf(call: Call): string | undefined {
  return paramOf(call, "name");
}

/** The resource a call names. */
export function uriOf(call: Call): string | undefined {
  return paramOf(call, "uri");
}

function paramOf({ method, params }: Call, wanted: "name" | "uri"): string | undefined {
  const row = Object.hasOwn(METHODS, method) ? (METHODS as Methods)[method] : undefined;
  const value = row?.kind === "request" && row.nameParam === wanted ? params[wanted] : undefined;
  return typeof value === "string" ? value : undefined;
}

/** True where this was only the request, and the call itself is still to run: it is told of when it has. */
export function goesOn(outcome: Outcome): boolean {
  return outcome.kind === "complete" && outcome.goesOn === true;
}

/** Marks a step that only watches, so that it surrounds the runs of tasks as well. */
export function observer(step: Middleware): Middleware {
  return Object.assign(step, { observes: true } as const);
}

/** Takes `call` on, and tells `ended` what came of it, also where a step further in threw. */
export async function observe(
  call: Call,
  next: Dispatch,
  ended: (outcome: Outcome) => void,
): Promise<Outcome> {
  let outcome: Outcome;
  try {
    outcome = await next(call);
  } catch (error) {
    const bug = new RpcError(JSON_RPC.internalError, "Internal error.");
    ended(failed(error instanceof RpcError ? error : bug));
    throw error;
  }
  ended(outcome);
  return outcome;
}
