import { type Output, type Schema, s } from "@portico/core";
import type { JsonObject } from "@portico/remote-api";
import { openingHours } from "../brave/opening-hours.ts";
import { type DescribedPlace, placesById } from "../brave/places.ts";
import { textAt } from "../brave/results.ts";
import { braveTool } from "./shared/brave-tool.ts";
import { items, resultsOf } from "./shared/sections.ts";
import { type WebAnswer, webAnswer, webInput, webParameters, webText } from "./shared/web.ts";

const placeSchema = s.object({
  name: s.string(),
  address: s.optional(s.string()),
  phone: s.optional(s.string()),
  rating: s.optional(s.string()),
  reviews: s.optional(s.string()),
  price_range: s.optional(s.string()),
  hours: s.optional(s.array(s.string())),
  description: s.optional(s.string()),
  url: s.optional(s.string()),
});

/** Like the answer of brave_web_search, whose schema says more. */
const pagesInstead = s.object({ web: items }) as Schema<WebAnswer>;

type Place = Output<typeof placeSchema>;

/** Searches for places, and for pages where there are none. */
export const localSearch = braveTool({
  name: "brave_local_search",
  title: "Local Search",
  description:
    "Search for businesses and places in a named area or near one: address, phone, rating, hours, description. Falls back to pages where no place is found; needs a plan with local results.",
  input: webInput,
  output: s.object({ places: s.array(placeSchema), fallback: s.optional(pagesInstead) }),
  async run(args, brave, signal) {
    const kinds = [...new Set([...(args.result_filter ?? []), "web", "locations"])];
    const parameters = { ...webParameters(args), result_filter: kinds.join(",") };
    const answer = await brave.get("web", { parameters, signal });
    const ids = resultsOf(answer, "locations").flatMap((found) => textAt(found, "id") ?? []);
    if (ids.length === 0) {
      const fallback = webAnswer(answer, args.offset);
      return { text: webText(fallback), data: { places: [], fallback } };
    }
    const places = (await placesById(brave, ids, signal)).map(describe);
    return {
      text: places.map(written).join("\n---\n") || "No local results found",
      data: { places },
    };
  },
});

function describe({ place, description }: DescribedPlace): Place {
  const hours = openingHours(place);
  const texts = {
    address: address(place),
    phone: textAt(place, "contact", "telephone") ?? textAt(place, "phone"),
    rating: textAt(place, "rating", "ratingValue"),
    reviews: textAt(place, "rating", "reviewCount") ?? textAt(place, "rating", "ratingCount"),
    price_range: textAt(place, "price_range") ?? textAt(place, "priceRange"),
    description,
    url: textAt(place, "url"),
  };
  const known = Object.entries(texts).filter(([, text]) => text !== undefined);
  const name = textAt(place, "title") ?? textAt(place, "name") ?? "";
  return { name, ...Object.fromEntries(known), ...(hours.length > 0 && { hours }) };
}

const ADDRESS = ["streetAddress", "addressLocality", "addressRegion", "postalCode"];

function address(place: JsonObject): string | undefined {
  const shown = textAt(place, "postal_address", "displayAddress");
  const parts = ADDRESS.flatMap((part) => textAt(place, "address", part) ?? []);
  return shown ?? (parts.length > 0 ? parts.join(", ") : undefined);
}

/** As the archived server wrote a place. */
function written(place: Place): string {
  const { name, address, phone, rating, reviews, price_range, hours, description } = place;
  return `Name: ${name}
Address: ${address ?? "N/A"}
Phone: ${phone ?? "N/A"}
Rating: ${rating ?? "N/A"} (${reviews ?? 0} reviews)
Price Range: ${price_range ?? "N/A"}
Hours: ${hours?.join(", ") ?? "N/A"}
Description: ${description ?? "No description available"}
`;
}
