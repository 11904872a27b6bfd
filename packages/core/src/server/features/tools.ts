import { RpcError } from "../../jsonrpc/rpc-error.ts";
import { Suspended } from "../../kernel/ask.ts";
import type { Call } from "../../kernel/call.ts";
import { complete } from "../../kernel/outcome.ts";
import { unknownTool } from "../../kernel/unknown.ts";
import type { CallToolResult } from "../../protocol/index.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { errorResult } from "../content.ts";
import { CallContext, type Context } from "../context.ts";
import { ToolError } from "../errors.ts";
import {
  askingOf,
  type Feature,
  type Handler,
  listed,
  type Runtime,
  withContext,
} from "../feature.ts";
import type { Named, NamedSource } from "../named.ts";
import { pageOf } from "../paging.ts";
import { checkParamHeaders } from "../param-headers.ts";
import type { Tool } from "../tool.ts";

/** Tools that are computed for each call: they differ by caller, or come and go. */
export interface ToolSource<Deps = unknown> extends NamedSource<Tool<Deps>, Deps> {}

/**
 * Offers tools: `tools/list` and `tools/call`.
 * @param announces whether changes of the list may be announced
 */
export function toolsFeature<Deps>(
  deps: Deps,
  tools: Named<Tool<Deps>, Deps>,
  announces: boolean,
): Feature {
  return {
    capabilities: { tools: listed(announces || !tools.isFixed) },
    handlers: {
      "tools/list": tools.isFixed ? fixedList(tools) : listEach(deps, tools),
      "tools/call": withContext(deps, (ctx, call, runtime) => {
        const found = find(tools, call.params.name as string, ctx);
        return callTool(found, call, ctx, runtime);
      }),
    },
    async toolOf(call, runtime) {
      const ctx = new CallContext(deps, call, askingOf(call), runtime.dispatch);
      const found = find(tools, call.params.name as string, ctx);
      return found instanceof Promise ? found.catch(unlessSuspended) : found;
    },
  };
}

/** @throws {RpcError} -32602 when this caller has no such tool */
function find<Deps>(
  tools: Named<Tool<Deps>, Deps>,
  name: string,
  ctx: Context<Deps>,
): Tool<Deps> | Promise<Tool<Deps>> {
  const found = tools.find(name, ctx);
  const known = (one: Tool<Deps> | undefined): Tool<Deps> => {
    if (!one) throw unknownTool(name);
    return one;
  };
  return found instanceof Promise ? found.then(known) : known(found);
}

/** A source that must ask first does so when the call itself gets there. */
function unlessSuspended(error: unknown): undefined {
  if (!(error instanceof Suspended)) throw error;
}

function fixedList(tools: Named<Tool<never>, never>): Handler {
  const published = tools.fixed.map((one) => one.published);
  return async (call, runtime) => complete(await pageOf(published, "tools", call, runtime));
}

function listEach<Deps>(deps: Deps, tools: Named<Tool<Deps>, Deps>): Handler {
  return withContext(deps, async (ctx, call, runtime) =>
    pageOf(await tools.list(ctx), "tools", call, runtime),
  );
}

async function callTool<Deps>(
  found: Tool<Deps> | Promise<Tool<Deps>>,
  call: Call,
  ctx: Context<Deps>,
  runtime: Runtime,
): Promise<CallToolResult> {
  const tool = found instanceof Promise ? await found : found;
  const args = (call.params.arguments ?? {}) as JsonObject;
  checkParamHeaders(tool.published, args, call);
  try {
    return await tool.call(args, ctx);
  } catch (error) {
    if (error instanceof RpcError || error instanceof Suspended) throw error;
    // server/tools: execution failures are results with isError, so that the model can read them.
    if (error instanceof ToolError) return errorResult(error.message, error.notes, error.meta);
    ctx.signal.throwIfAborted();
    return errorResult(`The tool failed unexpectedly (reference ${runtime.report(error)}).`);
  }
}
