import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import BetterSqlite3 from "better-sqlite3";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { GraphStore } from "../../src/graph/store.ts";
import { salvage } from "../../src/sqlite/salvage.ts";
import { openSqliteStore } from "../../src/sqlite/store.ts";
import { ann, collect, entity, mine, relation } from "./support.ts";

const COUNT = 400;
let folder: string;
let file: string;
let target: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "portico-memory-"));
  file = join(folder, "memory.db");
  target = join(folder, "salvaged.db");
  const names = Array.from({ length: COUNT }, (_, index) => `entity ${index}`);
  await using(file, async (store) => {
    await store.createEntities(
      mine,
      names.map((name) => entity(name, `fact of ${name}`)),
      ann,
    );
    const pairs = names.slice(1).map((name, index) => relation(`entity ${index}`, "next", name));
    await store.createRelations(mine, pairs, ann);
    await store.updateEntities(
      mine,
      names.map((name) => ({ name, addTags: ["x"] })),
      ann,
    );
  });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test.each(["graph", "author", "change", "entity", "entity_past", "observation", "relation"])(
  "what is not on a broken page of %s is all saved, with every fact that was read",
  async (table) => {
    await breakPage(table);
    const saved = await salvage(file, target);
    const isOf = (name: string) => table === name;
    expect(saved.lost).toBeGreaterThan(0);
    expect(saved.entities).toBeGreaterThanOrEqual(isOf("graph") ? COUNT : COUNT - 1);
    expect(saved.observations).toBe(isOf("observation") ? saved.observations : COUNT);
    expect(saved.relations).toBe(isOf("relation") ? saved.relations : COUNT - 1);
    await using(target, async (store) => {
      const [project] = await store.projects("");
      expect(project).toBe(isOf("graph") ? "recovered 1" : "default");
      const scope = { owner: "", project: project as string };
      const records = await collect(store.exportRecords(scope, {}));
      const facts = records.flatMap((record) =>
        record.kind === "entity" ? record.observations : [],
      );
      expect(facts).toHaveLength(saved.observations);
      const text = facts.at(-1) as string;
      const { items } = await store.search(scope, { text, limit: 1 });
      expect(items[0]?.entity.facts[0]?.text).toBe(text);
      expect((await store.history(scope, { limit: 5 })).items).toHaveLength(5);
      expect(await store.createEntities(scope, [entity("new")], ann)).toEqual(["new"]);
    });
  },
);

test("a whole database is saved whole", async () => {
  const before = await using(file, (store) => collect(store.exportRecords(mine, {})));
  expect(await salvage(file, target)).toMatchObject({
    entities: COUNT,
    observations: COUNT,
    relations: COUNT - 1,
    lost: 0,
  });
  expect(await using(target, (store) => collect(store.exportRecords(mine, {})))).toEqual(before);
});

/** Overwrites the middle one of the pages that hold the rows of a table. */
async function breakPage(table: string): Promise<void> {
  const database = new BetterSqlite3(file, { readonly: true });
  const pages = database
    .prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno")
    .pluck()
    .all(table) as number[];
  database.close();
  const page = pages[Math.floor(pages.length / 2)] as number;
  const bytes = await readFile(file);
  bytes.fill(0xa5, (page - 1) * 4096, page * 4096);
  await writeFile(file, bytes);
}

async function using<T>(path: string, use: (store: GraphStore) => Promise<T>): Promise<T> {
  const store = await openSqliteStore(path);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}
