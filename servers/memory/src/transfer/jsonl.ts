import { parseExactly } from "../graph/exact-json.ts";
import type { GraphRecord } from "../graph/types.ts";
import { recordOf } from "./record.ts";
import { linesIn } from "./text.ts";
import { isWholeGraph, recordsOf } from "./whole-graph.ts";

/**
 * Reads the file of the official memory server, in its present form (a record a line) or its older one (one object
 * with `entities` and `relations`). Nothing is left out: what is neither entity nor relation, also a line that was
 * torn, becomes a foreign record.
 * @param text the file's, in pieces of any size
 */
export async function* parseJsonl(text: AsyncIterable<string>): AsyncIterable<GraphRecord> {
  const lines = writtenLines(text);
  const { value: first, done } = await lines.next();
  if (done) return;
  const opened = parsed(first);
  if (isWholeGraph(opened)) yield* recordsOf(opened);
  else if (opened === undefined && first.trimStart().startsWith("{")) {
    // An object over several lines, or a torn line with others behind it.
    const all = [first];
    for await (const line of lines) all.push(line);
    const whole = parsed(all.join("\n"));
    if (isWholeGraph(whole)) yield* recordsOf(whole);
    else for (const line of all) yield lineRecord(line);
  } else {
    yield lineRecord(first);
    for await (const line of lines) yield lineRecord(line);
  }
}

/** The record that a line is. */
export function lineRecord(line: string): GraphRecord {
  return recordOf(parsed(line), line);
}

/** A record as the official server writes it, with the fields that are not its own behind those that are. */
export function jsonlLine(record: GraphRecord): string {
  if (record.kind === "foreign") return record.line;
  if (record.kind === "relation") {
    const { from, to, relationType, extra } = record;
    return JSON.stringify({ type: "relation", from, to, relationType, ...extra });
  }
  const { name, entityType, observations, tags, importance, extra } = record;
  const fields = { type: "entity", name, entityType, observations, tags, importance, ...extra };
  return JSON.stringify(fields);
}

/** A graph as the file of the official server, byte for byte: lines with a line feed between them, none at the end. */
export async function* formatJsonl(records: AsyncIterable<GraphRecord>): AsyncIterable<string> {
  let between = "";
  for await (const record of records) {
    yield between + jsonlLine(record);
    between = "\n";
  }
}

/** Lines with something in them. */
async function* writtenLines(text: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  for await (const line of linesIn(text)) yield* written(line);
}

/** A line with something in it: blank ones, and those that a crash left filled with NUL, say nothing. */
function* written(line: string): Iterable<string> {
  const bare = line.replace(/^\0+|\0+$/g, "");
  if (bare.trim() !== "") yield bare;
}

/** The value of a line; nothing where it is no JSON. */
export function parsed(text: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    return undefined;
  }
}
