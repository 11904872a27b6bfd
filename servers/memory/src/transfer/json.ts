import { GraphError } from "../graph/error.ts";
import { parseExactly } from "../graph/exact-json.ts";
import type { GraphRecord } from "../graph/types.ts";
import { textIn } from "./text.ts";
import { isWholeGraph, recordsOf } from "./whole-graph.ts";

/** Tells where entities come from: for each of `names` that exists, who wrote it and its facts, and when. */
export type Provenance = (names: readonly string[]) => AsyncIterable<object>;

const PARTS = ["entities", "relations", "foreign"] as const;

const PART_OF = { entity: 0, relation: 1, foreign: 2 } as const;

/**
 * A graph as one object of JSON, what `read_graph` answers and more.
 * @param records entities, relations, foreign records: the order in which a store exports them
 */
export async function* formatJson(
  records: AsyncIterable<GraphRecord>,
  provenance?: Provenance,
): AsyncIterable<string> {
  const names: string[] = [];
  let part = 0;
  let between = "";
  yield begin(0);
  for await (const record of records) {
    for (; part < PART_OF[record.kind]; between = "") yield `\n  ],${begin(++part)}`;
    yield `${between}\n    ${JSON.stringify(memberOf(record))}`;
    between = ",";
    if (provenance && record.kind === "entity" && !record.again) names.push(record.name);
  }
  if (part === 0) yield `\n  ],${begin(1)}`;
  if (provenance) yield* written(provenance(names));
  yield "\n  ]\n}\n";
}

/**
 * Reads a graph that is one object of JSON.
 * @throws {GraphError} `invalid` when it is none
 */
export async function* parseJson(text: AsyncIterable<string>): AsyncIterable<GraphRecord> {
  const whole = await textIn(text);
  const graph = parsed(whole.replace(/^\ufeff/, ""));
  if (!isWholeGraph(graph)) {
    throw new GraphError(
      "invalid",
      "This is no graph in JSON: give one object with the lists entities and relations.",
    );
  }
  yield* recordsOf(graph);
}

function begin(part: number): string {
  return `${part === 0 ? "{" : ""}\n  "${PARTS[part]}": [`;
}

function memberOf(record: GraphRecord): unknown {
  if (record.kind === "foreign") return record.line;
  const { kind, extra, again, ...fields } = record;
  return { ...fields, ...extra };
}

async function* written(origins: AsyncIterable<object>): AsyncIterable<string> {
  yield '\n  ],\n  "provenance": [';
  let between = "";
  for await (const origin of origins) {
    yield `${between}\n    ${JSON.stringify(origin)}`;
    between = ",";
  }
}

function parsed(text: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    return undefined;
  }
}
