import { unknownPrompt, unknownTemplate } from "../../kernel/unknown.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { type Completer, suggest } from "../completion.ts";
import type { Context } from "../context.ts";
import { type Feature, withContext } from "../feature.ts";
import type { Named } from "../named.ts";
import type { Prompt } from "../prompt.ts";
import type { ResourceSource } from "../resource.ts";

/** Offers `completion/complete` for the arguments of prompts and the variables of resource templates. */
export function completionsFeature<Deps>(
  deps: Deps,
  prompts: Named<Prompt<Deps>, Deps>,
  sources: readonly ResourceSource<Deps>[],
): Feature {
  return {
    capabilities: { completions: {} },
    handlers: {
      "completion/complete": withContext(deps, async (ctx, { params }) => {
        const { name, value } = params.argument as { name: string; value: string };
        const context = (params.context ?? {}) as { arguments?: Record<string, string> };
        const completers = await completersOf(params.ref as JsonObject, ctx, prompts, sources);
        return suggest(completers?.get(name), value, ctx, context.arguments ?? {});
      }),
    },
  };
}

/** @throws {RpcError} -32602 when this caller has nothing that `ref` could mean */
async function completersOf<Deps>(
  ref: JsonObject,
  ctx: Context<Deps>,
  prompts: Named<Prompt<Deps>, Deps>,
  sources: readonly ResourceSource<Deps>[],
): Promise<ReadonlyMap<string, Completer<Deps>> | undefined> {
  if (ref.type === "ref/prompt") {
    const prompt = await prompts.find(ref.name as string, ctx);
    if (!prompt) throw unknownPrompt(ref.name as string);
    return prompt.completers;
  }
  const source = sources.find(({ template }) => template?.uriTemplate === ref.uri);
  if (!source) throw unknownTemplate(ref.uri as string);
  return source.completers;
}

/** True when there is anything to complete, or may be: what a source will have is not known before it is asked. */
export function hasCompleters(
  prompts: Named<Prompt<never>, never>,
  sources: readonly ResourceSource<never>[],
): boolean {
  if (!prompts.isFixed) return true;
  return [...prompts.fixed, ...sources].some((one) => (one.completers?.size ?? 0) > 0);
}
