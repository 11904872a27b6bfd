import { complete } from "../../kernel/outcome.ts";
import { unknownPrompt } from "../../kernel/unknown.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { type Feature, listed, withContext } from "../feature.ts";
import { pageOf } from "../paging.ts";
import type { Prompt } from "../prompt.ts";

/**
 * Offers prompts: `prompts/list` and `prompts/get`.
 * @param announces whether changes of the list may be announced
 */
export function promptsFeature<Deps>(
  deps: Deps,
  prompts: readonly Prompt<Deps>[],
  announces: boolean,
): Feature {
  const byName = new Map(prompts.map((one) => [one.published.name, one]));
  if (byName.size < prompts.length) {
    throw new TypeError("Two prompts have the same name; names must be unique in a server.");
  }
  const published = prompts.map((one) => one.published);
  return {
    capabilities: { prompts: listed(announces) },
    handlers: {
      "prompts/list": async (call, runtime) =>
        complete(await pageOf(published, "prompts", call, runtime)),
      "prompts/get": withContext(deps, async (ctx, { params }) => {
        const found = byName.get(params.name as string);
        if (!found) throw unknownPrompt(params.name as string);
        return found.get((params.arguments ?? {}) as JsonObject, ctx);
      }),
    },
  };
}
