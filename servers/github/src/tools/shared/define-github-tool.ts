import {
  type Context,
  type JsonObject,
  Reply,
  type Schema,
  type ToolReturn,
  type ToolValue,
  text,
  tool,
} from "@portico/core";
import { seenIn, untrusted } from "@portico/remote-api";
import type { Deps } from "../../deps.ts";
import { forModel } from "./for-model.ts";
import type { Effect, GitHubTool, GitHubToolDefinition, ToolCall } from "./github-tool.ts";

/** What every tool does around its own work. */
export function defineGitHubTool(definition: GitHubToolDefinition<Schema<JsonObject>>): GitHubTool {
  const { name, description, input, output, toolset, effect, scopes, bound } = definition;
  const inner: ToolValue<Deps> = tool({
    name,
    description,
    input,
    output,
    annotations: annotationsOf(effect),
    run: (args: JsonObject, ctx: Context<Deps>) =>
      answer(definition, args, ctx).catch((error) => {
        throw forModel(error);
      }),
  });
  return { ...inner, toolset, effect, scopes, bound: bound ?? "repository" };
}

/** The hints of an effect; what is not said is as the protocol presumes. */
export function annotationsOf(effect: Effect): object {
  return effect === "reads" ? { readOnlyHint: true } : { destructiveHint: effect === "destroys" };
}

async function answer(
  definition: GitHubToolDefinition<Schema<JsonObject>>,
  args: JsonObject,
  ctx: Context<Deps>,
): Promise<ToolReturn<object>> {
  const github = await ctx.deps.api.as(args.owner as string | undefined, ctx.signal);
  const answer = await definition.run(args, github, toolCall(github, ctx));
  const data = (await seenIn(answer.data as never)) as JsonObject;
  const words = answer.text ?? JSON.stringify(data);
  return new Reply(
    [text(words), ...(answer.blocks ?? []), text(untrusted("GitHub"))],
    data,
  ) as ToolReturn<object>;
}

function toolCall(github: Awaited<ReturnType<Deps["api"]["as"]>>, ctx: Context<Deps>): ToolCall {
  const { allowed, api, lockdown } = ctx.deps;
  return {
    ctx,
    isLocked: ctx.deps.isLocked,
    admits: (owner, repo) => allowed.admits(owner, repo),
    as: (owner) => api.as(owner, ctx.signal),
    mayShow: (place, author) =>
      ctx.deps.isLocked ? lockdown.admits(github, place, author) : Promise.resolve(true),
    shown: (place, items, authorOf) =>
      ctx.deps.isLocked
        ? lockdown.keep(github, place, items, authorOf)
        : Promise.resolve({ kept: [...items], withheld: 0 }),
  };
}
