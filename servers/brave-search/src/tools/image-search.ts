import { s } from "@portico/core";
import type { JsonObject } from "@portico/remote-api";
import { at, members } from "../brave/results.ts";
import { braveTool } from "./shared/brave-tool.ts";
import { count, country, query, searchLang, spellcheck } from "./shared/parameters.ts";
import { type Item, items, paragraphs, resultsOf } from "./shared/sections.ts";

/** Results in one answer. */
const USUAL_COUNT = 50;

/** Searches for images. */
export const imageSearch = braveTool({
  name: "brave_image_search",
  title: "Image Search",
  description:
    "Search for images: title, the page, and in properties the image's own address and size. There are no pages: raise count for more.",
  input: s.object({
    query,
    country,
    search_lang: searchLang,
    count: count(200, USUAL_COUNT),
    safesearch: s.optional(s.enum(["off", "strict"], { default: "strict" })),
    spellcheck,
  }),
  output: s.object({ items, count: s.integer(), might_be_offensive: s.boolean() }),
  async run({ query: q, ...rest }, brave, signal) {
    const answer = await brave.get("images", {
      parameters: { q, count: USUAL_COUNT, ...rest },
      signal,
    });
    const found = resultsOf(answer).map(image);
    const might_be_offensive = at(answer, "extra", "might_be_offensive") === true;
    return {
      text: found.length === 0 ? "No images found" : paragraphs(found),
      data: { items: found, count: found.length, might_be_offensive },
    };
  },
});

function image(result: JsonObject): Item {
  const properties = (at(result, "properties") ?? {}) as JsonObject;
  return {
    ...members(result, ["title", "url", "page_fetched", "confidence"]),
    properties: members(properties, ["url", "width", "height"]),
  };
}
