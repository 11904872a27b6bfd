import { entityRecords, relationRecords } from "../../graph/records.ts";
import type { GraphRecord } from "../../graph/types.ts";
import { happened, type Reading } from "../reading.ts";
import { detailsWhere } from "./entities.ts";
import { relationsAfter } from "./relations.ts";

/** Rows read at once. */
const PORTION = 500;

/** Everything that exists: entities, relations, foreign records, each in the order they came. */
export async function* exportRecords(reading: Reading): AsyncGenerator<GraphRecord> {
  const condition = "h.entity > $2 ORDER BY h.entity LIMIT $3";
  const entities = (after: number) =>
    detailsWhere(reading, { condition, values: [after, PORTION] });
  for await (const row of inPortions(entities)) yield* entityRecords(row.details);
  for await (const row of inPortions((after) => relationsAfter(reading, after, PORTION))) {
    yield* relationRecords(row, row.extra ?? undefined);
  }
  for await (const { line } of inPortions((after) => foreignAfter(reading, after))) {
    yield { kind: "foreign", line };
  }
}

async function* inPortions<Row extends { readonly id: number }>(
  read: (after: number) => Promise<readonly Row[]>,
): AsyncGenerator<Row> {
  for (let after = 0; ; ) {
    const rows = await read(after);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PORTION) return;
    after = last.id;
  }
}

function foreignAfter(
  { query, graph, moment }: Reading,
  after: number,
): Promise<{ id: number; line: string }[]> {
  const text = `
    SELECT f.id, f.line FROM portico_memory.foreign_line f
    WHERE f.graph = $1 AND f.id > $2 AND ${happened("f", moment)} ORDER BY f.id LIMIT $3`;
  return query(text, [graph, after, PORTION]);
}
