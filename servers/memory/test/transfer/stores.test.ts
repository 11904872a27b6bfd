import { join } from "node:path";
import { createDatabase } from "@portico/testing-postgres";
import { scratch } from "@portico/testing-servers";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GraphStore } from "../../src/graph/store.ts";
import type { GraphRecord } from "../../src/graph/types.ts";
import { openPostgresStore } from "../../src/postgres/open.ts";
import { openSqliteStore } from "../../src/sqlite/store.ts";
import { FORMATS, formatGraph, parseGraph } from "../../src/transfer/format.ts";
import { anyGraph, each } from "./support.ts";

const quiet = { say: () => undefined };

const stores: Record<string, () => Promise<GraphStore>> = {
  SQLite: () => openSqliteStore(join(scratch(), "memory.db")),
  PostgreSQL: async () => openPostgresStore((await createDatabase(18)).url()),
};

describe.each(Object.keys(stores))("a graph in %s", (name) => {
  test.each(FORMATS)("is the same after it went out and in as %s", async (format) => {
    const store = await (stores[name] as () => Promise<GraphStore>)();
    let projects = 0;
    try {
      await fc.assert(
        fc.asyncProperty(anyGraph, async (graph) => {
          const from = { owner: "", project: `from${++projects}` };
          const to = { owner: "", project: `to${projects}` };
          await store.importRecords(from, each(graph), {});
          const text = formatGraph(format, store.exportRecords(from, {}), quiet);
          await store.importRecords(to, parseGraph(format, text, quiet.say), {});
          const first = await collect(store.exportRecords(from, {}));
          expect(await collect(store.exportRecords(to, {}))).toEqual(first);
          expect(first).toHaveLength(graph.length);
        }),
        { seed: 48, numRuns: 15 },
      );
    } finally {
      await store.close();
    }
  });
});

test.each(FORMATS)("lines that contradict each other go out and in as %s", async (format) => {
  const store = await openSqliteStore(join(scratch(), "memory.db"));
  const entity = { kind: "entity", name: "a", entityType: "thing", observations: ["one"] } as const;
  const relation = { kind: "relation", from: "a", to: "b", relationType: "knows" } as const;
  const lines: GraphRecord[] = [
    entity,
    { ...entity, entityType: "robot", extra: { x: 1 } },
    { ...relation, extra: { x: 1 } },
    { ...relation, extra: { x: 2 } },
  ];
  const [from, to] = [
    { owner: "", project: "from" },
    { owner: "", project: "to" },
  ];
  await store.importRecords(from, each(lines), {});
  const text = formatGraph(format, store.exportRecords(from, {}), quiet);
  await store.importRecords(to, parseGraph(format, text, quiet.say), {});
  const found = await collect(store.exportRecords(to, {}));
  expect(found).toHaveLength(4);
  expect(found).toEqual(await collect(store.exportRecords(from, {})));
  await store.close();
});

async function collect(records: AsyncIterable<GraphRecord>): Promise<GraphRecord[]> {
  const all: GraphRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}
