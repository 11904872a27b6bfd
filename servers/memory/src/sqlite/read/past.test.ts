import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Connection } from "../connection.ts";
import { openDatabase } from "../open.ts";
import { changedSince } from "../search/past.ts";
import { listEntities, listRelations, openEntities, relationsOf } from "./lists.ts";
import { stepsFrom } from "./walk.ts";

let folder: string;
let connection: Connection;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "portico-memory-"));
  connection = (await openDatabase(join(folder, "memory.db"))).connection;
  connection.database.exec(`
    INSERT INTO graph VALUES (1, '', 'default');
    INSERT INTO author VALUES (1, NULL, NULL);
    INSERT INTO change VALUES (1, 1, 1, 1, 0, 1, NULL, NULL, NULL);
    INSERT INTO entity VALUES (1, 1, 'a', 'thing', NULL, NULL, NULL, 1, 1);
  `);
});
afterEach(async () => {
  connection.close();
  await rm(folder, { recursive: true, force: true });
});

/** How SQLite goes about the statements of a read. */
function plans(read: () => unknown): string[] {
  const asked = vi.spyOn(connection, "all");
  read();
  return asked.mock.calls.flatMap(([sql, values]) =>
    connection.database
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(values)
      .map(({ detail }) => detail),
  );
}

const TABLES = "entity|entity_past|observation|relation|change";
/** What goes through all of a table, or all of a graph. */
const THROUGH_ALL = new RegExp(`^SCAN (${TABLES})\\b|AUTOMATIC|_created \\(graph=\\?\\)`);

describe("what is read of the past costs by how much that is:", () => {
  const reads: [string, () => unknown][] = [
    ["a page of entities", () => listEntities(connection, 1, { limit: 5, after: "0" }, 1)],
    ["a page of relations", () => listRelations(connection, 1, { limit: 5, after: "0" }, 1)],
    ["entities by their names", () => openEntities(connection, 1, ["a"], 1)],
    [
      "relations of some",
      () => relationsOf(connection, 1, { names: ["a"], ends: "one", limit: 5 }, 1),
    ],
    ["relations to follow", () => stepsFrom(connection, 1, { direction: "both" }, 1)],
    ["what changed since", () => changedSince(connection, 1, 1)],
  ];

  test.each(reads)("%s", (_, read) => {
    const steps = plans(read);
    expect(steps.length).toBeGreaterThan(0);
    expect(steps.filter((step) => THROUGH_ALL.test(step))).toEqual([]);
  });

  test("entities by their names as they are", () => {
    const steps = plans(() => openEntities(connection, 1, ["a"], undefined));
    expect(steps.filter((step) => THROUGH_ALL.test(step))).toEqual([]);
  });
});
