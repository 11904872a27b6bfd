import {
  type CallToolResult,
  type Context,
  type JsonObject,
  type ResourceBody,
  ToolError,
} from "@portico/core";
import type { Deps } from "../deps.ts";
import type { GitHubTool } from "../tools/shared/github-tool.ts";
import { forClient } from "./for-client.ts";

/** Tells hosts and gateways that others wrote what they read. */
const UNTRUSTED_META: JsonObject = { "io.github.portico-mcp/untrusted": true };

/**
 * What a tool answers, for a resource: so the same bounds, lockdown, sanitising and guard hold for both.
 * @throws {RpcError} when the tool refuses, in its words
 */
export async function askTool(
  tool: GitHubTool,
  args: JsonObject,
  ctx: Context<Deps>,
): Promise<CallToolResult> {
  const result = await tool.call(args, ctx).catch((error: unknown) => {
    throw forClient(error);
  });
  if (!result.isError) return result;
  const [first] = result.content;
  throw forClient(new ToolError(first?.type === "text" ? first.text : "GitHub refused this."));
}

/** What others wrote, as a piece of a resource. */
export function body(contents: string | Uint8Array, mimeType: string, uri?: string): ResourceBody {
  return { contents, mimeType, meta: UNTRUSTED_META, ...(uri !== undefined && { uri }) };
}
