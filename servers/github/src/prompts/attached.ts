import {
  type Context,
  embedded,
  type JsonObject,
  type PromptMessage,
  RpcError,
  text,
  userMessage,
} from "@portico/core";
import { untrusted } from "@portico/remote-api";
import type { Deps } from "../deps.ts";
import { askTool } from "../resources/ask-tool.ts";
import type { GitHubTool } from "../tools/shared/github-tool.ts";

/** What goes with a task: a tool's answer, under the URI of the resource it is. */
export interface Attachment {
  readonly uri: string;
  readonly tool: GitHubTool;
  readonly args: JsonObject;
  /** Left out where GitHub has none, as of a README. */
  readonly isOptional?: boolean;
}

/** A task, then what it is about: each as a message of its own, apart from the task and marked as others' words. */
export async function taskWith(
  task: string,
  attachments: readonly Attachment[],
  ctx: Context<Deps>,
): Promise<PromptMessage[]> {
  const attached = await Promise.all(attachments.map((one) => attach(one, ctx)));
  const messages = attached.filter((one) => one !== undefined);
  return [userMessage(text(task)), ...messages, userMessage(text(untrusted("GitHub")))];
}

async function attach(
  { uri, tool, args, isOptional = false }: Attachment,
  ctx: Context<Deps>,
): Promise<PromptMessage | undefined> {
  try {
    const { data, meta } = await askTool(tool, args, ctx);
    const json = JSON.stringify(data, null, 2);
    return userMessage(embedded(uri, json, "application/json", { _meta: meta }));
  } catch (error) {
    if (isOptional && error instanceof RpcError) return undefined;
    throw error;
  }
}
