import { RpcError } from "../../jsonrpc/rpc-error.ts";
import { Suspended } from "../../kernel/ask.ts";
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
import { pageOf } from "../paging.ts";
import type { Tool } from "../tool.ts";

/** Tools that are computed for each call: they differ by caller, or come and go. */
export interface ToolSource<Deps = unknown> {
  list(ctx: Context<Deps>): Promise<readonly Tool<Deps>[]>;
}

/**
 * Offers tools: `tools/list` and `tools/call`.
 * @param announces whether changes of the list may be announced
 * @throws {TypeError} when two tools share a name
 */
export function toolsFeature<Deps>(
  deps: Deps,
  given: readonly (Tool<Deps> | ToolSource<Deps>)[],
  announces: boolean,
): Feature {
  const fixed = given.filter(isTool);
  const sources = given.filter(isSource);
  const byName = index(fixed);
  const findElsewhere = async (name: string, ctx: Context<Deps>) => {
    const found = (await listAll(sources, ctx)).find((one) => one.published.name === name);
    if (!found) throw unknownTool(name);
    return found;
  };
  return {
    capabilities: { tools: listed(announces || sources.length > 0) },
    handlers: {
      "tools/list": sources.length === 0 ? fixedList(fixed) : listEach(deps, fixed, sources),
      "tools/call": withContext(deps, (ctx, { params }, runtime) => {
        const name = params.name as string;
        const found = byName.get(name) ?? findElsewhere(name, ctx);
        return callTool(found, (params.arguments ?? {}) as JsonObject, ctx, runtime);
      }),
    },
    async toolOf(call, runtime) {
      const name = call.params.name as string;
      const known = byName.get(name);
      if (known || sources.length === 0) return known ?? Promise.reject(unknownTool(name));
      const ctx = new CallContext(deps, call, askingOf(call), runtime.dispatch);
      return findElsewhere(name, ctx).catch(unlessSuspended);
    },
  };
}

/** A source that must ask first does so when the call itself gets there. */
function unlessSuspended(error: unknown): undefined {
  if (!(error instanceof Suspended)) throw error;
}

/** True for a tool everybody has; a source decides for each caller. */
export function isTool<Deps>(one: Tool<Deps> | ToolSource<Deps>): one is Tool<Deps> {
  return "published" in one;
}

function isSource<Deps>(one: Tool<Deps> | ToolSource<Deps>): one is ToolSource<Deps> {
  return !isTool(one);
}

function index<Deps>(tools: readonly Tool<Deps>[]): Map<string, Tool<Deps>> {
  const byName = new Map(tools.map((one) => [one.published.name, one]));
  if (byName.size === tools.length) return byName;
  const names = tools.map((one) => one.published.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  throw new TypeError(`Two tools are called "${twice}"; names must be unique in a server.`);
}

async function listAll<Deps>(
  sources: readonly ToolSource<Deps>[],
  ctx: Context<Deps>,
): Promise<Tool<Deps>[]> {
  return (await Promise.all(sources.map((source) => source.list(ctx)))).flat();
}

function fixedList(tools: readonly { readonly published: object }[]): Handler {
  const published = tools.map((one) => one.published);
  return async (call, runtime) => complete(await pageOf(published, "tools", call, runtime));
}

function listEach<Deps>(
  deps: Deps,
  fixed: readonly Tool<Deps>[],
  sources: readonly ToolSource<Deps>[],
): Handler {
  return withContext(deps, async (ctx, call, runtime) => {
    // The first of a name wins, in lists as in calls; names must be unique in a list (server/tools).
    const byName = new Map<string, object>();
    for (const { published } of [...fixed, ...(await listAll(sources, ctx))]) {
      if (!byName.has(published.name)) byName.set(published.name, published);
    }
    return pageOf([...byName.values()], "tools", call, runtime);
  });
}

async function callTool<Deps>(
  found: Tool<Deps> | Promise<Tool<Deps>>,
  args: JsonObject,
  ctx: Context<Deps>,
  runtime: Runtime,
): Promise<CallToolResult> {
  const tool = found instanceof Promise ? await found : found;
  try {
    return await tool.call(args, ctx);
  } catch (error) {
    if (error instanceof RpcError || error instanceof Suspended) throw error;
    // server/tools: execution failures are results with isError, so that the model can read them.
    if (error instanceof ToolError) return errorResult(error.message);
    ctx.signal.throwIfAborted();
    return errorResult(`The tool failed unexpectedly (reference ${runtime.report(error)}).`);
  }
}
