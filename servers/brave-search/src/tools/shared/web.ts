import { type Output, type Schema, s } from "@portico/core";
import type { JsonObject, JsonValue } from "@portico/remote-api";
import type { Parameter } from "../../brave/client.ts";
import { checkGoggles } from "../../brave/goggles.ts";
import { at, textAt } from "../../brave/results.ts";
import {
  count,
  country,
  freshness,
  goggles,
  offset,
  query,
  safesearch,
  searchLang,
  spellcheck,
  uiLang,
  units,
} from "./parameters.ts";
import {
  articles,
  discussions,
  type Item,
  items,
  pages,
  paragraphs,
  questions,
  resultsOf,
  videos,
} from "./sections.ts";

const KINDS = [
  "discussions",
  "faq",
  "infobox",
  "news",
  "query",
  "summarizer",
  "videos",
  "web",
  "locations",
  "rich",
] as const;

/** Pages in one answer. */
const USUAL_COUNT = 10;

/** The last page Brave gives. */
const LAST_OFFSET = 9;

/** What a search of the web takes. */
export const webInput = s.object({
  query,
  country,
  search_lang: searchLang,
  ui_lang: uiLang,
  count: count(20, USUAL_COUNT),
  offset,
  safesearch,
  freshness,
  text_decorations: s.optional(s.boolean({ default: true, description: "Mark the words found" })),
  spellcheck,
  result_filter: s.optional(s.array(s.enum(KINDS), { description: "Kinds of results" })),
  goggles,
  units,
  extra_snippets: s.optional(s.boolean({ description: "Up to 5 more excerpts of each page" })),
  summary: s.optional(s.boolean({ description: "Announce a summary for brave_summarizer" })),
});

/** Arguments of a search of the web. */
export type WebArguments = Output<typeof webInput>;

/** What is found besides pages. */
const others = {
  faq: s.optional(items),
  discussions: s.optional(items),
  news: s.optional(items),
  videos: s.optional(items),
};

/** What a search of the web answers. */
export interface WebAnswer extends Partial<Record<keyof typeof others, Item[]>> {
  readonly web: Item[];
  readonly infobox?: unknown;
  readonly rich?: unknown;
  readonly summary_key?: string;
  readonly searched_for?: string;
  readonly next_offset?: number;
}

/** Its schema. */
export const webOutput: Schema<WebAnswer> = s.object({
  web: items,
  ...others,
  infobox: s.optional(s.unknown()),
  rich: s.optional(s.unknown()),
  summary_key: s.optional(s.string()),
  searched_for: s.optional(s.string({ description: "The query as Brave corrected it" })),
  next_offset: s.optional(s.integer({ description: "offset of the next page" })),
}) as Schema<WebAnswer>;

/** Arguments as Brave's parameters. */
export function webParameters(args: WebArguments): Record<string, Parameter> {
  const { query: q, goggles: ranking, result_filter: filter, country: from, ...rest } = args;
  return {
    q,
    count: USUAL_COUNT,
    ...rest,
    country: from?.toUpperCase(),
    goggles: checkGoggles(ranking),
    // A search that announces a summary is answered without pages when it names kinds.
    result_filter: rest.summary ? undefined : filter?.join(","),
  };
}

/** What an answer says. */
export function webAnswer(answer: JsonObject, page = 0): WebAnswer {
  const more = at(answer, "query", "more_results_available") === true && page < LAST_OFFSET;
  return {
    web: pages(resultsOf(answer, "web")),
    ...some("faq", questions(resultsOf(answer, "faq"))),
    ...some("discussions", discussions(resultsOf(answer, "discussions"))),
    ...some("news", articles(resultsOf(answer, "news"))),
    ...some("videos", videos(resultsOf(answer, "videos"))),
    ...said("infobox", resultsOf(answer, "infobox")[0]),
    ...said("rich", at(answer, "rich")),
    ...said("summary_key", textAt(answer, "summarizer", "key")),
    ...said("searched_for", textAt(answer, "query", "altered")),
    ...(more && { next_offset: page + 1 }),
  };
}

/** The same as text: pages as the archived server wrote them, and below what else there is. */
export function webText({
  web,
  next_offset,
  summary_key,
  searched_for,
  ...answer
}: WebAnswer): string {
  const named = (["faq", "discussions", "news", "videos"] as const).flatMap((part) => {
    const list = answer[part];
    return list ? [`${part.toUpperCase()}\n\n${paragraphs(list)}`] : [];
  });
  const notes = [
    ...(searched_for === undefined ? [] : [`Searched for: ${searched_for}`]),
    ...(summary_key === undefined ? [] : [`Summarizer key: ${summary_key}`]),
    ...(next_offset === undefined ? [] : [`Next page: offset ${next_offset}`]),
  ];
  const found = web.length === 0 ? "No web results found" : web.map(pageText).join("\n\n");
  return [found, ...named, ...(notes.length > 0 ? [notes.join("\n")] : [])].join("\n\n");
}

function pageText({ title = "", description = "", url = "", extra_snippets: more }: Item): string {
  const snippets = Array.isArray(more) ? more.map((snippet) => `\n- ${snippet}`).join("") : "";
  return `Title: ${title}\nDescription: ${description}\nURL: ${url}${snippets}`;
}

function some(name: keyof typeof others, list: Item[]): Partial<WebAnswer> {
  return list.length === 0 ? {} : { [name]: list };
}

function said(name: keyof WebAnswer, value: JsonValue | undefined): Partial<WebAnswer> {
  return value === undefined || value === null ? {} : { [name]: value };
}
