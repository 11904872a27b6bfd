import { invalidParams } from "../../jsonrpc/rpc-error.ts";
import { openCursor, sealCursor } from "../../kernel/cursor.ts";
import { complete } from "../../kernel/outcome.ts";
import { ResourceNotFound } from "../../kernel/unknown.ts";
import type { Resource } from "../../protocol/index.ts";
import type { JsonValue } from "../../schema/json-schema.ts";
import type { Context } from "../context.ts";
import { type Feature, listed, withContext } from "../feature.ts";
import { PAGE_SIZE, pageOf } from "../paging.ts";
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
  const changes = announces || sources.some((source) => source.list && !source.fixed);
  const subscribe = announces || sources.some((source) => source.watch);
  const templates = sources.flatMap(({ template }) => (template ? [template] : []));
  return {
    capabilities: { resources: { ...listed(changes), ...(subscribe && { subscribe }) } },
    handlers: {
      "resources/list": withContext(deps, async (ctx, call, { sealer }) => {
        const start = position(await openCursor(sealer, call));
        const { resources, next } = await gather(sources, ctx, start);
        return { resources, ...(await sealCursor(sealer, call, next)) };
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

/** Which source a list has got to, and where within it. */
type Position = readonly [source: number, within: JsonValue | undefined];

function position(value: JsonValue | undefined): Position {
  if (value === undefined) return [0, undefined];
  if (!Array.isArray(value) || typeof value[0] !== "number") {
    throw invalidParams("Invalid cursor: start again without one.");
  }
  return [value[0], value[1] ?? undefined];
}

/** Fills one page from the sources in turn; a source that pages by itself ends the page. */
async function gather<Deps>(
  sources: readonly ResourceSource<Deps>[],
  ctx: Context<Deps>,
  [first, start]: Position,
): Promise<{ resources: Resource[]; next: JsonValue | undefined }> {
  const resources: Resource[] = [];
  let within = start;
  for (let at = first; at < sources.length; at++) {
    if (resources.length >= PAGE_SIZE) return { resources, next: [at, null] };
    const page = await sources[at]?.list?.(ctx, within);
    within = undefined;
    if (!page) continue;
    resources.push(...page.items);
    if (page.next !== undefined) return { resources, next: [at, page.next] };
  }
  return { resources, next: undefined };
}
