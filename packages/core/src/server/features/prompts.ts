import { complete } from "../../kernel/outcome.ts";
import { unknownPrompt } from "../../kernel/unknown.ts";
import type { JsonObject } from "../../schema/json-schema.ts";
import { type Feature, type Handler, listed, withContext } from "../feature.ts";
import type { Named } from "../named.ts";
import { pageOf } from "../paging.ts";
import type { Prompt } from "../prompt.ts";

/**
 * Offers prompts: `prompts/list` and `prompts/get`.
 * @param announces whether changes of the list may be announced
 */
export function promptsFeature<Deps>(
  deps: Deps,
  prompts: Named<Prompt<Deps>, Deps>,
  announces: boolean,
): Feature {
  return {
    capabilities: { prompts: listed(announces || !prompts.isFixed) },
    handlers: {
      "prompts/list": prompts.isFixed ? fixedList(prompts) : listEach(deps, prompts),
      "prompts/get": withContext(deps, async (ctx, { params }) => {
        const name = params.name as string;
        const found = await prompts.find(name, ctx);
        if (!found) throw unknownPrompt(name);
        return found.get((params.arguments ?? {}) as JsonObject, ctx);
      }),
    },
  };
}

function fixedList(prompts: Named<Prompt<never>, never>): Handler {
  const published = prompts.fixed.map((one) => one.published);
  return async (call, runtime) => complete(await pageOf(published, "prompts", call, runtime));
}

function listEach<Deps>(deps: Deps, prompts: Named<Prompt<Deps>, Deps>): Handler {
  return withContext(deps, async (ctx, call, runtime) =>
    pageOf(await prompts.list(ctx), "prompts", call, runtime),
  );
}
