import { s } from "@portico/core";

/** What to search for; Brave takes no more. */
export const query = s.string({
  minLength: 1,
  maxLength: 400,
  pattern: String.raw`^\s*\S+(\s+\S+){0,49}\s*$`,
  description: "At most 400 characters and 50 words",
});

export const country = s.optional(
  s.string({ pattern: "^([A-Za-z]{2}|ALL)$", description: "Of the results: US, DE, …, ALL" }),
);

export const searchLang = s.optional(
  s.string({
    pattern: "^[a-z]{2}(-[a-z]{2,4})?$",
    description: "Of the results: en, de, pt-br, …",
  }),
);

export const uiLang = s.optional(
  s.string({ pattern: "^[a-z]{2}-[A-Z]{2}$", description: "Of the answer: en-US, de-DE, …" }),
);

export const units = s.optional(s.enum(["metric", "imperial"]));

export const spellcheck = s.optional(s.boolean({ default: true }));

export const safesearch = s.optional(
  s.enum(["off", "moderate", "strict"], { default: "moderate" }),
);

export const freshness = s.optional(
  s.string({
    pattern: String.raw`^(p[dwmy]|\d{4}-\d{2}-\d{2}to\d{4}-\d{2}-\d{2})$`,
    description:
      "Found in the last day, week, month, year: pd, pw, pm, py; or 2026-01-01to2026-01-31",
  }),
);

export const offset = s.optional(
  s.integer({ minimum: 0, maximum: 9, default: 0, description: "Pages to skip" }),
);

export const goggles = s.optional(
  s.union([s.string(), s.array(s.string(), { maxItems: 3 })], {
    description: "Rules for ranking, or https addresses of such",
  }),
);

/** How many results. */
export const count = (maximum: number, usual: number) =>
  s.optional(s.integer({ minimum: 1, maximum, default: usual }));

/** Values of headers: what is not Latin-1 on one line cannot be sent. */
const headerText = (maxLength: number, description?: string) =>
  s.optional(
    s.string({
      pattern: String.raw`^[\x20-\x7e\xa0-\xff]+$`,
      maxLength,
      ...(description !== undefined && { description }),
    }),
  );

/** Results in one answer of news and of videos. */
export const USUAL_COUNT = 20;

/** What searches for news and for videos both take. */
export const listInput = {
  query,
  country,
  search_lang: searchLang,
  ui_lang: uiLang,
  count: count(50, USUAL_COUNT),
  offset,
  spellcheck,
  safesearch,
  freshness,
} as const;

/** Arguments that travel as headers of their names. */
export const requestHeaders = {
  "api-version": s.optional(s.string({ pattern: String.raw`^\d{4}-\d{2}-\d{2}$` })),
  accept: s.optional(s.enum(["application/json", "*/*"])),
  "cache-control": s.optional(s.literal("no-cache", { description: "Ask anew" })),
  "user-agent": headerText(300),
} as const;

/** Where the user is. */
export const locationHeaders = {
  "x-loc-lat": s.optional(s.number({ minimum: -90, maximum: 90 })),
  "x-loc-long": s.optional(s.number({ minimum: -180, maximum: 180 })),
  "x-loc-city": headerText(100),
  "x-loc-state": headerText(3, "ISO 3166-2"),
  "x-loc-state-name": headerText(100),
  "x-loc-country": s.optional(s.string({ pattern: "^[A-Za-z]{2}$" })),
  "x-loc-postal-code": headerText(20),
} as const;

/** Splits arguments into those that travel as headers and the rest. */
export function splitHeaders<T extends object>(
  args: T,
): { headers: Record<string, string>; rest: Partial<T> } {
  const names = new Set(Object.keys({ ...requestHeaders, ...locationHeaders }));
  const entries = Object.entries(args);
  const headers = entries
    .filter(([name]) => names.has(name))
    .map(([name, value]) => [name, String(value)]);
  const rest = Object.fromEntries(entries.filter(([name]) => !names.has(name))) as Partial<T>;
  return { headers: Object.fromEntries(headers), rest };
}
