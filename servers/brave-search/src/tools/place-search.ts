import { s } from "@portico/core";
import type { JsonObject } from "@portico/remote-api";
import { BraveError } from "../brave/error.ts";
import { openingHours } from "../brave/opening-hours.ts";
import { listAt, members, textAt } from "../brave/results.ts";
import { braveTool } from "./shared/brave-tool.ts";
import {
  count,
  country,
  requestHeaders,
  safesearch,
  searchLang,
  spellcheck,
  splitHeaders,
  uiLang,
  units,
} from "./shared/parameters.ts";
import { type Item, items, paragraphs } from "./shared/sections.ts";

/** Searches for places around a point. */
export const placeSearch = braveTool({
  name: "brave_place_search",
  title: "Place Search",
  description:
    "Search for places around a point (latitude and longitude) or a location such as 'tokyo japan'; without either give a query. radius, in metres, prefers what is closer.",
  input: s.object({
    query: s.optional(s.string({ maxLength: 400 })),
    latitude: s.optional(s.number({ minimum: -90, maximum: 90 })),
    longitude: s.optional(s.number({ minimum: -180, maximum: 180 })),
    location: s.optional(s.string({ minLength: 1, maxLength: 200 })),
    radius: s.optional(s.number({ minimum: 0 })),
    count: count(50, 20),
    country,
    search_lang: searchLang,
    ui_lang: uiLang,
    units,
    safesearch,
    spellcheck,
    ...requestHeaders,
  }),
  output: s.object({
    results: items,
    cities: s.optional(items),
    addresses: s.optional(items),
    streets: s.optional(items),
  }),
  async run(args, brave, signal) {
    const { headers, rest } = splitHeaders(args);
    const { query, ...where } = rest;
    const hasPoint = where.latitude !== undefined && where.longitude !== undefined;
    const q = query?.trim() || undefined;
    if (q === undefined && !hasPoint && where.location === undefined) {
      throw new BraveError("Say where: latitude and longitude, or location; or give a query.");
    }
    const answer = await brave.get("places", { parameters: { q, ...where }, headers, signal });
    const results = listAt(answer, "results").map(place);
    const areas = (["cities", "addresses", "streets"] as const).flatMap((name) => {
      const list = listAt(answer, name).map(place);
      return list.length === 0 ? [] : [[name, list] as const];
    });
    const shown = [results, ...areas.map(([, list]) => list)].filter((list) => list.length > 0);
    return {
      text: shown.map(paragraphs).join("\n\n") || "No places found",
      data: { results, ...Object.fromEntries(areas) },
    };
  },
});

const PLACE = [
  "id",
  "title",
  "name",
  "url",
  "provider_url",
  "description",
  "coordinates",
  "price_range",
];
const MORE = ["categories", "distance", "rating", "postal_address", "contact", "timezone"];

function place(result: JsonObject): Item {
  const hours = openingHours(result);
  const address = textAt(result, "postal_address", "displayAddress");
  return {
    ...members(result, [...PLACE, ...MORE]),
    ...(address !== undefined && { address }),
    ...(hours.length > 0 && { hours }),
  };
}
