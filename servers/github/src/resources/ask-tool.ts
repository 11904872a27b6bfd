import { type CallToolResult, type Context, type JsonObject, ToolError } from "@portico/core";
import type { Deps } from "../deps.ts";
import { mayCall } from "../tools/offer/offered.ts";
import type { GitHubTool } from "../tools/shared/github-tool.ts";
import { forClient } from "./for-client.ts";

/** What a tool answered. */
export interface Told {
  readonly content: CallToolResult["content"];
  readonly data: object;
  /** What tells hosts and gateways that others wrote it. */
  readonly meta: JsonObject;
}

/** For what a tool is asked. */
interface Purpose {
  /** The resource that is read. */
  readonly uri?: string;
  /** The tool that says who may. Default: the same. */
  readonly as?: GitHubTool;
}

/**
 * What a tool answers, for a resource or a prompt: so the same bounds, lockdown, sanitising and guard hold for all.
 * @throws {ResourceNotFound} when GitHub has no such resource
 * @throws {RpcError} when the caller may not use the tool, or it refuses, in its words
 */
export async function askTool(
  tool: GitHubTool,
  args: JsonObject,
  ctx: Context<Deps>,
  { uri, as = tool }: Purpose = {},
): Promise<Told> {
  if (!mayCall(as, ctx)) {
    const { name } = as.published;
    throw forClient(new ToolError(`This needs the tool ${name}, which is not offered.`));
  }
  try {
    const { content, structuredContent, _meta } = await tool.call(args, ctx);
    return { content, data: structuredContent ?? {}, meta: (_meta ?? {}) as JsonObject };
  } catch (error) {
    throw forClient(error, uri);
  }
}
