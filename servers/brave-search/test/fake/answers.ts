import type { JsonObject } from "@portico/remote-api";

type Answering = (query: URLSearchParams) => JsonObject;

const numbered = (query: URLSearchParams, usual: number) => {
  const count = Number(query.get("count") ?? usual);
  const first = Number(query.get("offset") ?? 0) * count;
  return Array.from({ length: count }, (_, index) => first + index + 1);
};

const page = (query: URLSearchParams) => (n: number) => ({
  type: "search_result",
  url: `https://example.com/${n}`,
  title: `${query.get("q")} ${n}`,
  description: `About <strong>${query.get("q")}</strong>, part ${n}`,
  ...(query.get("extra_snippets") === "true" && { extra_snippets: [`More of ${n}`] }),
});

/** Queries with this word find places, as many as the number behind it. */
const PLACES = /places(\d+)/;

const placeIds = (query: URLSearchParams) =>
  Array.from(
    { length: Number(PLACES.exec(query.get("q") ?? "")?.[1] ?? 0) },
    (_, n) => `loc${n + 1}`,
  );

const place = (id: string) => ({
  id,
  title: `Place ${id}`,
  url: `https://example.com/${id}`,
  postal_address: { type: "PostalAddress", displayAddress: `${id} Street, Springfield` },
  contact: { telephone: "+1 555 0100" },
  rating: { ratingValue: 4.5, reviewCount: 12 },
  price_range: "$$",
  coordinates: [1.5, 2.5],
  opening_hours: {
    current_day: [{ full_name: "Monday", opens: "09:00", closes: "12:00" }],
    days: [
      [
        { full_name: "Tuesday", opens: "09:00", closes: "12:00" },
        { full_name: "Tuesday", opens: "13:00", closes: "18:00" },
      ],
    ],
  },
});

let asked = 0;

/** What the fake answers, by path. The shapes are those of Brave's documentation, the contents made up. */
export const answers: Readonly<Record<string, Answering>> = {
  "/res/v1/web/search": (query) => ({
    type: "search",
    query: { original: query.get("q"), more_results_available: query.get("offset") !== "2" },
    web: { type: "search", results: numbered(query, 20).map(page(query)) },
    ...(placeIds(query).length > 0 && {
      locations: { type: "locations", results: placeIds(query).map((id) => ({ id, title: id })) },
    }),
    ...(query.get("result_filter")?.includes("faq") && {
      faq: {
        results: [
          { question: "Why?", answer: "Because.", title: "T", url: "https://example.com/faq" },
        ],
      },
    }),
    ...(query.get("result_filter")?.includes("news") && {
      news: {
        results: [{ title: "N", url: "https://news.example/1", age: "1 hour ago", breaking: true }],
      },
    }),
    ...(query.get("summary") === "true" && { summarizer: { type: "summarizer", key: "sum-1" } }),
  }),
  "/res/v1/local/pois": (query) => ({
    type: "local_pois",
    results: query.getAll("ids").map(place),
  }),
  "/res/v1/local/descriptions": (query) => ({
    type: "local_descriptions",
    results: query
      .getAll("ids")
      .map((id) => ({ type: "local_description", id, description: `All about ${id}` })),
    // The archived server expects this form.
    descriptions: Object.fromEntries(query.getAll("ids").map((id) => [id, `All about ${id}`])),
  }),
  "/res/v1/images/search": (query) => ({
    type: "images",
    results: numbered(query, 50).map((n) => ({
      type: "image_result",
      title: `Image ${n}`,
      url: `https://example.com/page/${n}`,
      page_fetched: "2026-01-01T00:00:00Z",
      confidence: "high",
      properties: {
        url: `https://example.com/${n}.png`,
        width: 640,
        height: 480,
        placeholder: "x",
      },
    })),
    extra: { might_be_offensive: false },
  }),
  "/res/v1/videos/search": (query) => ({
    type: "videos",
    results: numbered(query, 20).map((n) => ({
      url: `https://video.example/${n}`,
      title: `Video ${n}`,
      description: "d",
      age: "2 days ago",
      video: { duration: "03:20", views: 42, creator: "ann", publisher: "V" },
      thumbnail: { src: `https://video.example/${n}.jpg` },
    })),
  }),
  "/res/v1/news/search": (query) => ({
    type: "news",
    results: numbered(query, 20).map((n) => ({
      url: `https://news.example/${n}`,
      title: `News ${n}`,
      age: "3 hours ago",
      breaking: false,
      meta_url: { hostname: "news.example" },
    })),
  }),
  "/res/v1/summarizer/search": (query): JsonObject =>
    query.get("key") === "never" || asked++ % 2 === 0
      ? { type: "summarizer", status: query.get("key") === "never" ? "failed" : "pending" }
      : {
          type: "summarizer",
          status: "complete",
          summary: [
            { type: "token", data: "It is so" },
            { type: "inline_reference", data: { url: "https://example.com/1" } },
            { type: "token", data: "." },
          ],
          entities_infos: [{ name: "It" }],
        },
  "/res/v1/local/place_search": (query) => ({
    type: "locations",
    query: { original: query.get("q") },
    results: [place("loc1")],
    cities: [{ type: "city", name: "Springfield", coordinates: [1, 2] }],
  }),
  "/res/v1/llm/context": () => ({
    grounding: {
      generic: [{ url: "https://example.com/1", title: "One", snippets: ["First.", "Second."] }],
      poi: null,
      map: [],
    },
    sources: { "https://example.com/1": { title: "One", hostname: "example.com", age: [] } },
  }),
};
