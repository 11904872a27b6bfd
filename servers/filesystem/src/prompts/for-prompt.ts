import { type Context, JSON_RPC, RpcError } from "@portico/core";
import type { Deps } from "../deps.ts";
import type { Sandbox } from "../sandbox/index.ts";
import { isRefusal } from "../told.ts";

/** Does a prompt's work on the files its caller may use; refusals are told to the client as errors. */
export async function forPrompt<T>(
  ctx: Context<Deps>,
  work: (files: Sandbox) => Promise<T>,
): Promise<T> {
  try {
    return await work(await ctx.deps.access.filesFor(ctx));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new RpcError(JSON_RPC.invalidParams, error.message);
  }
}
