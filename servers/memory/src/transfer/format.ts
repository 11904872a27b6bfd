import { extname } from "node:path";
import type { GraphRecord } from "../graph/types.ts";
import type { Provenance } from "./json.ts";

/** The forms in which a graph leaves and comes. */
export const FORMATS = ["jsonl", "json", "markdown", "graphml"] as const;

/** One of them. */
export type Format = (typeof FORMATS)[number];

const ENDINGS: Readonly<Record<string, Format>> = {
  ".jsonl": "jsonl",
  ".json": "json",
  ".md": "markdown",
  ".markdown": "markdown",
  ".graphml": "graphml",
};

/** The ending of the names of files in each format. */
export const ENDING: Readonly<Record<Format, string>> = {
  jsonl: ".jsonl",
  json: ".json",
  markdown: ".md",
  graphml: ".graphml",
};

/** The format that the name of a file tells. */
export function formatOf(file: string): Format | undefined {
  return ENDINGS[extname(file).toLowerCase()];
}

/** What may be told besides the records. */
export interface Telling {
  /** Takes a sentence on what could not be carried over as it is. */
  say(sentence: string): void;
  /** Where entities come from, which only JSON has a place for. */
  readonly provenance?: Provenance | undefined;
}

/** Writes a graph in a format, piece by piece. */
export async function* formatGraph(
  format: Format,
  records: AsyncIterable<GraphRecord>,
  { say, provenance }: Telling,
): AsyncIterable<string> {
  if (format === "jsonl") yield* (await import("./jsonl.ts")).formatJsonl(records);
  else if (format === "json") yield* (await import("./json.ts")).formatJson(records, provenance);
  else if (format === "markdown") yield* (await import("./markdown.ts")).formatMarkdown(records);
  else yield* (await import("./graphml.ts")).formatGraphml(records, say);
}

/**
 * Reads a graph in a format from text in pieces of any size.
 * @param say takes a sentence on what was left out
 * @throws {GraphError} `invalid` for a text that is not in the format
 */
export async function* parseGraph(
  format: Format,
  text: AsyncIterable<string>,
  say: (sentence: string) => void,
): AsyncIterable<GraphRecord> {
  if (format === "jsonl") yield* (await import("./jsonl.ts")).parseJsonl(text);
  else if (format === "json") yield* (await import("./json.ts")).parseJson(text);
  else if (format === "markdown") yield* (await import("./parse-markdown.ts")).parseMarkdown(text);
  else yield* (await import("./parse-graphml.ts")).parseGraphml(text, say);
}
