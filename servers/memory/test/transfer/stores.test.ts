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

async function collect(records: AsyncIterable<GraphRecord>): Promise<GraphRecord[]> {
  const all: GraphRecord[] = [];
  for await (const record of records) all.push(record);
  return all;
}
