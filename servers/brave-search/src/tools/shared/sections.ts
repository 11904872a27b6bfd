import { type Schema, s } from "@portico/core";
import type { JsonObject, JsonValue } from "@portico/remote-api";
import { at, listAt, members, textAt } from "../../brave/results.ts";

/** One found thing, with the members its kind has. */
export type Item = Record<string, JsonValue>;

/** A list of found things. What each has depends on its kind and on Brave. */
export const items: Schema<Item[]> = s.array(
  s.object({
    url: s.optional(s.string()),
    title: s.optional(s.string()),
  }) as unknown as Schema<Item>,
);

const WEB = ["url", "title", "description", "extra_snippets", "age"];
const NEWS = [
  "url",
  "title",
  "description",
  "age",
  "page_age",
  "breaking",
  "is_live",
  "extra_snippets",
];
const FAQ = ["question", "answer", "title", "url"];

/** Pages. */
export const pages = (list: readonly JsonObject[]): Item[] => list.map((one) => members(one, WEB));

/** Questions and answers. */
export const questions = (list: readonly JsonObject[]): Item[] =>
  list.map((one) => members(one, FAQ));

/** Threads of forums. */
export const discussions = (list: readonly JsonObject[]): Item[] =>
  list.map((one) => members(one, ["url", "title", "description", "data"]));

/** Articles. */
export const articles = (list: readonly JsonObject[]): Item[] =>
  list.map((one) => ({
    ...members(one, NEWS),
    ...named("source", textAt(one, "meta_url", "hostname") ?? textAt(one, "source")),
    ...named("thumbnail", textAt(one, "thumbnail", "src")),
  }));

/** Videos. */
export const videos = (list: readonly JsonObject[]): Item[] =>
  list.map((one) => ({
    ...members(one, ["url", "title", "description", "age"]),
    ...members((at(one, "video") ?? {}) as JsonObject, [
      "duration",
      "creator",
      "publisher",
      "tags",
    ]),
    ...named("view_count", at(one, "video", "views")),
    ...named("thumbnail_url", textAt(one, "thumbnail", "src")),
  }));

/** The results of one part of an answer. */
export const resultsOf = (answer: JsonObject, part?: string): JsonObject[] =>
  part === undefined ? listAt(answer, "results") : listAt(answer, part, "results");

/** The texts of an item, one line each. */
export function lines(item: Item): string {
  return Object.entries(item)
    .map(
      ([name, value]) =>
        `${label(name)}: ${typeof value === "string" ? value : JSON.stringify(value)}`,
    )
    .join("\n");
}

/** Blocks of text, one for each found thing. */
export const paragraphs = (list: readonly Item[]): string => list.map(lines).join("\n\n");

const label = (name: string) => (name.charAt(0).toUpperCase() + name.slice(1)).replaceAll("_", " ");

function named(name: string, value: JsonValue | undefined): Item {
  return value === undefined || value === null ? {} : { [name]: value };
}
