import { s } from "@portico/core";
import type { JsonObject } from "@portico/remote-api";
import { checkGoggles } from "../brave/goggles.ts";
import { at, listAt, members, textAt } from "../brave/results.ts";
import { braveTool } from "./shared/brave-tool.ts";
import {
  count,
  country,
  freshness,
  goggles,
  locationHeaders,
  query,
  requestHeaders,
  searchLang,
  spellcheck,
  splitHeaders,
} from "./shared/parameters.ts";
import { type Item, items } from "./shared/sections.ts";

const most = (minimum: number, maximum: number, usual?: number) =>
  s.optional(s.integer({ minimum, maximum, ...(usual !== undefined && { default: usual }) }));

/** Gets the text of pages, chosen for a question. */
export const llmContext = braveTool({
  name: "brave_llm_context",
  title: "LLM Context",
  description:
    "Search the web and get what the pages say about the query, in excerpts ready to reason over, with their sources.",
  input: s.object({
    query,
    country,
    search_lang: searchLang,
    count: count(50, 20),
    spellcheck,
    maximum_number_of_urls: most(1, 50),
    maximum_number_of_tokens: most(1024, 32_768, 8192),
    maximum_number_of_snippets: most(1, 256, 50),
    context_threshold_mode: s.optional(
      s.enum(["disabled", "strict", "lenient", "balanced"], { default: "balanced" }),
    ),
    maximum_number_of_tokens_per_url: most(512, 8192, 4096),
    maximum_number_of_snippets_per_url: most(1, 100, 50),
    goggles,
    freshness,
    enable_local: s.optional(s.boolean()),
    enable_source_metadata: s.optional(s.boolean()),
    ...requestHeaders,
    ...locationHeaders,
  }),
  output: s.object({
    grounding: s.object({ generic: items, poi: s.optional(s.unknown()), map: s.optional(items) }),
    sources: s.record(s.object({})),
  }),
  async run(args, brave, signal) {
    const { headers, rest } = splitHeaders(args);
    const { query: q, goggles: ranking, ...others } = rest;
    const parameters = { q, ...others, goggles: checkGoggles(ranking) };
    const answer = await brave.get("context", { parameters, headers, signal });
    const generic = listAt(answer, "grounding", "generic").map(page);
    const map = listAt(answer, "grounding", "map").map(page);
    const poi = at(answer, "grounding", "poi");
    const sources = (at(answer, "sources") ?? {}) as Record<string, JsonObject>;
    const all = [...generic, ...(poi ? [page(poi as JsonObject)] : []), ...map];
    return {
      text: all.length === 0 ? "Nothing found" : all.map(excerpts).join("\n\n"),
      data: {
        grounding: { generic, ...(poi ? { poi } : {}), ...(map.length > 0 && { map }) },
        sources,
      },
    };
  },
});

function page(found: JsonObject): Item {
  return members(found, ["name", "url", "title", "snippets"]);
}

function excerpts(item: Item): string {
  const snippets = Array.isArray(item.snippets) ? item.snippets.map(String) : [];
  const title = textAt(item, "title") ?? textAt(item, "name") ?? "";
  return [`Title: ${title}`, `URL: ${textAt(item, "url") ?? ""}`, ...snippets].join("\n");
}
