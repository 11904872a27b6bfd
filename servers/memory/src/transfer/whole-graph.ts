import type { GraphRecord } from "../graph/types.ts";
import { foreign, isFields, isOfficial, recordOf } from "./record.ts";

/** A graph as one object: the older form of the official server's file, what its `read_graph` answers, and our JSON. */
export interface WholeGraph {
  readonly entities?: unknown;
  readonly relations?: unknown;
  /** Records that are neither, each the line it was. */
  readonly foreign?: unknown;
  /** Who wrote what when; an import is written by whoever imports. */
  readonly provenance?: unknown;
}

/** Whether a value is a graph as one object. */
export function isWholeGraph(value: unknown): value is WholeGraph {
  if (!isFields(value) || "type" in value) return false;
  return Array.isArray(value.entities) || Array.isArray(value.relations);
}

/** The records of a graph; what it has besides becomes foreign. */
export function* recordsOf(graph: WholeGraph): Iterable<GraphRecord> {
  const { entities, relations, foreign: others, provenance, ...rest } = graph;
  for (const value of [entities].flat()) yield* memberRecord(value, "entity");
  for (const value of [relations].flat()) yield* memberRecord(value, "relation");
  for (const line of linesOf(others)) yield foreign(line);
  for (const [key, value] of Object.entries(rest)) {
    yield foreign(JSON.stringify({ [key]: value }));
  }
}

function* memberRecord(value: unknown, type: "entity" | "relation"): Iterable<GraphRecord> {
  if (value === undefined) return;
  const line = JSON.stringify(isOfficial(value, type) ? { type, ...value } : value);
  yield recordOf(value, line, type);
}

/** Lines as we write them; anything else under the name is a foreign record itself. */
function linesOf(others: unknown): string[] {
  if (others === undefined) return [];
  const areLines = Array.isArray(others) && others.every((line) => typeof line === "string");
  return areLines ? (others as string[]) : [JSON.stringify({ foreign: others })];
}
