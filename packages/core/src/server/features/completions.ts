import { unknownPrompt, unknownTemplate } from "../../kernel/unknown.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { type Completer, suggest } from "../completion.ts";
import { type Feature, withContext } from "../feature.ts";
import type { Prompt } from "../prompt.ts";
import type { ResourceSource } from "../resource.ts";

/** Offers `completion/complete` for the arguments of prompts and the variables of resource templates. */
export function completionsFeature<Deps>(
  deps: Deps,
  prompts: readonly Prompt<Deps>[],
  sources: readonly ResourceSource<Deps>[],
): Feature {
  const find = (ref: JsonObject, argument: string): Completer<Deps> | undefined => {
    if (ref.type === "ref/prompt") {
      const prompt = prompts.find(({ published }) => published.name === ref.name);
      if (!prompt) throw unknownPrompt(ref.name as string);
      return prompt.completers.get(argument);
    }
    const source = sources.find(({ template }) => template?.uriTemplate === ref.uri);
    if (!source) throw unknownTemplate(ref.uri as string);
    return source.completers?.get(argument);
  };
  return {
    capabilities: { completions: {} },
    handlers: {
      "completion/complete": withContext(deps, async (ctx, { params }) => {
        const { name, value } = params.argument as { name: string; value: string };
        const context = (params.context ?? {}) as { arguments?: Record<string, string> };
        const completer = find(params.ref as JsonObject, name);
        return suggest(completer, value, ctx, context.arguments ?? {});
      }),
    },
  };
}

/** True when there is anything to complete. */
export function hasCompleters(
  prompts: readonly Prompt<never>[],
  sources: readonly ResourceSource<never>[],
): boolean {
  return [...prompts, ...sources].some((one) => (one.completers?.size ?? 0) > 0);
}
