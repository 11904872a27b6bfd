import {
  type Context,
  type JsonObject,
  type Reply,
  type Schema,
  ToolError,
  type ToolReturn,
  type ToolValue,
  tool,
} from "@portico/core";
import type { GitHub, Repository } from "../../api/github.ts";
import type { Deps } from "../../deps.ts";
import { isLocked } from "../offer/caller.ts";
import { lacksScope } from "../offer/scopes.ts";
import { admit, ownerIn, placeOf } from "./admit.ts";
import { inputOf, respelt } from "./arguments.ts";
import { askFirst } from "./ask-first.ts";
import { forModel } from "./for-model.ts";
import type { Answer, Effect, GitHubTool, GitHubToolDefinition, ToolCall } from "./github-tool.ts";
import { replyTo } from "./reply.ts";

type Definition = GitHubToolDefinition<Schema<JsonObject>>;

/** What every tool does around its own work. Most are never listed, so what is published of one is made when it is. */
export function defineGitHubTool(definition: Definition): GitHubTool {
  const { name, toolset, isRare = false, effect, scopes, bound = "repository" } = definition;
  let made: ToolValue<Deps> | undefined;
  const whole = () => {
    made ??= make(definition);
    return made;
  };
  return {
    name,
    get published() {
      return whole().published;
    },
    call: (args, ctx) => whole().call(respelt(args, definition.spellings), ctx),
    toolset,
    isRare,
    effect,
    scopes,
    bound,
  };
}

function make(definition: Definition): ToolValue<Deps> {
  const { name, description, output, effect } = definition;
  return tool({
    name,
    description,
    input: inputOf(definition),
    output,
    annotations: annotationsOf(effect),
    async run({ fields, ...args }: JsonObject, ctx: Context<Deps>) {
      try {
        const wanted = fields as readonly string[] | undefined;
        return (await serve(definition, args, wanted, ctx)) as ToolReturn<object>;
      } catch (error) {
        throw forModel(error);
      }
    },
  });
}

/** The hints of an effect; what is not said is as the protocol presumes. */
export function annotationsOf(effect: Effect): object {
  return effect === "reads" ? { readOnlyHint: true } : { destructiveHint: effect === "destroys" };
}

async function serve(
  definition: Definition,
  given: JsonObject,
  fields: readonly string[] | undefined,
  ctx: Context<Deps>,
): Promise<Reply<object>> {
  const { name, bound = "repository", toolset } = definition;
  const { allowed, api, granted, flow, sessions } = ctx.deps;
  const args = admit(given, bound, allowed);
  const missing = lacksScope(definition, granted);
  if (missing !== undefined) throw new ToolError(missing);
  const github = await api.as(ownerIn(args), ctx.signal);
  const plan = {
    name,
    args,
    effect: definition.effectOf?.(args) ?? definition.effect,
    question: definition.question?.(args) ?? `Let ${name} change what cannot be brought back?`,
    isSeen: toolset !== "notifications" && toolset !== "stargazers",
  };
  await askFirst(plan, github, ctx);
  const answer = await definition.run(args, github, toolCall(github, ctx));
  flow.read(sessions.of(ctx), sourcesOf(answer, args));
  return replyTo(definition, answer, fields);
}

/** Where an answer comes from; undefined for anywhere. */
function sourcesOf({ from }: Answer, args: JsonObject): readonly Repository[] | undefined {
  if (from) return from;
  const place = placeOf(args);
  return place && [place];
}

function toolCall(github: GitHub, ctx: Context<Deps>): ToolCall {
  const { allowed, api, lockdown } = ctx.deps;
  const locked = isLocked(ctx);
  return {
    ctx,
    isLocked: locked,
    admits: (owner, repo) => allowed.admits(owner, repo),
    as: (owner) => api.as(owner, ctx.signal),
    mayShow: async (place, author) => !locked || lockdown.admits(github, place, author),
    shown: async (place, items, authorOf) =>
      locked ? lockdown.keep(github, place, items, authorOf) : { kept: [...items], withheld: 0 },
  };
}
