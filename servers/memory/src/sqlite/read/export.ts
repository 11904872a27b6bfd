import { entityRecords, relationRecords } from "../../graph/records.ts";
import type { GraphRecord } from "../../graph/types.ts";
import type { Connection } from "../connection.ts";
import { extrasOf } from "../extras.ts";
import { listEntities, listRelations } from "./lists.ts";

/** Records read in one turn of the event loop. */
const PORTION = 500;

/** Everything as it was after change `at`, which is one picture however long it takes. */
export async function* exportRecords(
  read: <T>(look: (connection: Connection) => T) => Promise<T>,
  graph: number,
  at: number,
): AsyncIterable<GraphRecord> {
  const entities = (after: string | undefined) =>
    read((connection) => listEntities(connection, graph, { limit: PORTION, after }, at));
  for await (const entity of allOf(entities)) yield* entityRecords(entity);
  const relations = (after: string | undefined) =>
    read((connection) => listRelations(connection, graph, { limit: PORTION, after }, at));
  for await (const relation of allOf(relations)) {
    const { extra } = relation;
    yield* relationRecords(relation, extrasOf(extra));
  }
  for await (const { line } of allOf((after) => read((c) => foreign(c, graph, after, at)))) {
    yield { kind: "foreign", line };
  }
}

async function* allOf<T>(
  page: (after: string | undefined) => Promise<{ items: readonly T[]; next?: string | undefined }>,
): AsyncIterable<T> {
  let after: string | undefined;
  do {
    const { items, next } = await page(after);
    yield* items;
    after = next;
    // Whoever reads the records may not pause between them; others shall have their turn.
    await new Promise((resolve) => setImmediate(resolve));
  } while (after !== undefined);
}

function foreign(connection: Connection, graph: number, after: string | undefined, at: number) {
  const rows = connection.all<{ id: number; line: string }>(
    `SELECT id, line FROM foreign_record WHERE graph = :graph AND id > :after AND since <= :at
     ORDER BY id LIMIT ${PORTION + 1}`,
    { graph, after: Number(after ?? 0), at },
  );
  const items = rows.slice(0, PORTION);
  return rows.length > PORTION ? { items, next: String(items.at(-1)?.id) } : { items };
}
