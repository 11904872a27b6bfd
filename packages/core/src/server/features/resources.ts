import { openCursor, sealCursor } from "../../kernel/cursor.ts";
import { complete } from "../../kernel/outcome.ts";
import { ResourceNotFound } from "../../kernel/unknown.ts";
import type { JsonValue } from "../../schema/json-schema.ts";
import { type Feature, listed, withContext } from "../feature.ts";
import { gather } from "../gather.ts";
import { onlyPage, pageOf } from "../paging.ts";
import type { ResourceSource } from "../resource.ts";

/**
 * Offers resources: `resources/list`, `resources/templates/list` and `resources/read`.
 * @param announces whether changes of the list and of any resource may be announced
 */
export function resourcesFeature<Deps>(
  deps: Deps,
  sources: readonly ResourceSource<Deps>[],
  announces: boolean,
): Feature {
  const isFixed = sources.every((source) => !source.list || source.fixed);
  const changes = announces || !isFixed;
  const subscribe = announces || sources.some((source) => source.watch);
  const templates = sources.flatMap(({ template }) => (template ? [template] : []));
  return {
    capabilities: { resources: { ...listed(changes), ...(subscribe && { subscribe }) } },
    handlers: {
      "resources/list": withContext(deps, async (ctx, call, { sealer }) => {
        const lists = sources.map((source) => (at?: JsonValue) => source.list?.(ctx, at));
        const { items, next } = await gather(lists, await openCursor(sealer, call));
        if (isFixed && next === undefined) return onlyPage(items, "resources");
        return { resources: items, ...(await sealCursor(sealer, call, next)) };
      }),
      "resources/templates/list": async (call, runtime) =>
        complete(await pageOf(templates, "resourceTemplates", call, runtime)),
      "resources/read": withContext(deps, async (ctx, { params }) => {
        const uri = params.uri as string;
        for (const source of sources) {
          const result = await source.read(uri, ctx);
          if (result) return result;
        }
        throw new ResourceNotFound(uri);
      }),
    },
  };
}
