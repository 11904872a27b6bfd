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

/**
 * What a tool answers, for a resource or a prompt: so the same bounds, lockdown, sanitising and guard hold for all.
 * @param as the tool that says who may; default: the same
 * @throws {RpcError} when the caller may not use it, or it refuses, in its words
 */
export async function askTool(
  tool: GitHubTool,
  args: JsonObject,
  ctx: Context<Deps>,
  as: GitHubTool = tool,
): Promise<Told> {
  if (!mayCall(as, ctx)) {
    throw forClient(
      new ToolError(`This needs the tool ${as.published.name}, which is not offered.`),
    );
  }
  const result = await tool.call(args, ctx).catch((error: unknown) => {
    throw forClient(error);
  });
  const { content, structuredContent, _meta: meta = {} } = result;
  if (!result.isError) return { content, data: structuredContent ?? {}, meta: meta as JsonObject };
  const [first] = content;
  throw forClient(new ToolError(first?.type === "text" ? first.text : "GitHub refused this."));
}
