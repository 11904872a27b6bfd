import { expect, test } from "vitest";
import { parseExactly } from "../../src/graph/exact-json.ts";
import type { Extra, GraphRecord } from "../../src/graph/types.ts";
import type { TheStore } from "./suite.ts";
import {
  ann,
  bob,
  collect,
  entity,
  found,
  listed,
  mine,
  records,
  related,
  relation,
} from "./support.ts";

export function importing(store: TheStore): void {
  const import_ = (...items: GraphRecord[]) => store().importRecords(mine, records(...items), bob);
  const exported = () => collect(store().exportRecords(mine, {}));

  test("takes in everything and gives everything out as it came, in order", async () => {
    const graph: GraphRecord[] = [
      { kind: "entity", ...entity("a", "one", "two"), extra: { since: 2020, nested: { x: [1] } } },
      { kind: "entity", ...entity("b") },
      { kind: "relation", ...relation("a", "knows", "b"), extra: { weight: 0.5 } },
      { kind: "relation", ...relation("b", "knows", "a") },
      { kind: "foreign", line: '{"type":"note","text":"first"}' },
      { kind: "foreign", line: '{"type":"entity","name":"torn' },
    ];
    expect(await import_(...graph)).toEqual({
      entities: 2,
      observations: 2,
      relations: 2,
      known: 0,
      foreign: 2,
    });
    expect(await exported()).toEqual(graph);
  });

  test.each([
    ["numbers that JavaScript cannot hold", '[12345678901234567890,1.50,-0,{"y":1e400}]'],
    ["characters that no database holds", '"\\u0000 \\ud800"'],
  ])("keeps unknown fields to the character: %s", async (_, value) => {
    const extra = parseExactly(`{"x":${value}}`) as Extra;
    const graph: GraphRecord[] = [
      { kind: "entity", ...entity("a"), extra },
      { kind: "entity", ...entity("b") },
      { kind: "relation", ...relation("a", "knows", "b"), extra },
    ];
    await import_(...graph);
    await store().updateEntities(mine, [{ name: "a", newName: "c" }], ann);
    await store().mergeEntities(mine, "c", ["b"], ann);
    await store().restoreEntities(mine, ["b"], ann);
    const found = (await exported()).flatMap((record) =>
      record.kind !== "foreign" && record.extra ? [JSON.stringify(record.extra)] : [],
    );
    expect(found).toEqual([`{"x":${value}}`, `{"x":${value}}`]);
  });

  test("gives out tags and importance where somebody set them", async () => {
    const marked = { ...entity("a"), tags: ["x"], importance: 0.9 };
    await store().createEntities(mine, [marked, entity("b")], ann);
    expect(await exported()).toEqual([
      { kind: "entity", ...marked },
      { kind: "entity", ...entity("b") },
    ]);
  });

  test("gives out a field of others until somebody sets ours of the same name", async () => {
    const extra = { tags: "none", importance: "high" };
    await import_({ kind: "entity", ...entity("a"), extra });
    expect(await exported()).toEqual([{ kind: "entity", ...entity("a"), extra }]);
    await store().updateEntities(mine, [{ name: "a", importance: 0.9, addTags: ["x"] }], ann);
    expect(await exported()).toEqual([
      { kind: "entity", ...entity("a"), tags: ["x"], importance: 0.9 },
    ]);
  });

  test("adds what is not there and changes nothing that is", async () => {
    await store().createEntities(mine, [{ ...entity("a", "one"), importance: 0.9 }], ann);
    const again: GraphRecord[] = [
      { kind: "entity", name: "a", entityType: "other", observations: ["two", "one"] },
      { kind: "entity", ...entity("b") },
      { kind: "relation", ...relation("a", "knows", "b") },
    ];
    const first = { entities: 1, observations: 1, relations: 1, known: 1, foreign: 0 };
    expect(await import_(...again)).toEqual(first);
    const second = { entities: 0, observations: 0, relations: 0, known: 3, foreign: 0 };
    expect(await import_(...again)).toEqual(second);
    expect(await listed(store())).toEqual([
      ["a", ["one", "two"]],
      ["b", []],
    ]);
    const [a] = await store().openEntities(mine, ["a"], {});
    expect(a).toMatchObject({ entityType: "thing", importance: 0.9, author: ann });
    expect(a?.facts.map(({ author }) => author)).toEqual([ann, bob]);
  });

  test("keeps a foreign record once, however often it comes", async () => {
    const line = '{"type":"note"}';
    expect(await import_({ kind: "foreign", line })).toMatchObject({ foreign: 1, known: 0 });
    expect(await import_({ kind: "foreign", line })).toMatchObject({ foreign: 0, known: 1 });
    expect(await exported()).toEqual([{ kind: "foreign", line }]);
  });

  test("keeps a foreign record of any length", async () => {
    const line = JSON.stringify({ type: "note", text: "x".repeat(5_000_000) });
    await import_({ kind: "foreign", line });
    expect(await exported()).toEqual([{ kind: "foreign", line }]);
  });

  test("keeps relations to what does not exist, which is no entity for that", async () => {
    await import_(
      { kind: "relation", ...relation("a", "knows", "ghost") },
      { kind: "entity", ...entity("a") },
    );
    expect(await related(store())).toEqual(["a knows ghost"]);
    expect(await listed(store())).toEqual([["a", []]]);
    expect(await store().openEntities(mine, ["ghost"], {})).toEqual([]);
    expect(await store().names(mine, "gh", 9)).toEqual([]);
    expect(await found(store(), "ghost")).toEqual([]);
    expect(await store().deleteEntities(mine, ["ghost"], ann)).toEqual([]);
    await expect(
      store().createRelations(mine, [relation("a", "sees", "ghost")], ann),
    ).rejects.toMatchObject({ code: "unknown-entity" });
    const walk = { from: "a", depth: 2, limit: 9, direction: "both" } as const;
    expect(await store().walk(mine, walk)).toMatchObject({
      entities: [],
      relations: [],
      cut: false,
    });
    expect(await exported()).toEqual([
      { kind: "entity", ...entity("a") },
      { kind: "relation", ...relation("a", "knows", "ghost") },
    ]);
  });

  test("ties dangling relations to the entity once it is created", async () => {
    await import_(
      { kind: "entity", ...entity("a") },
      { kind: "relation", ...relation("a", "knows", "ghost") },
      { kind: "entity", ...entity("b") },
    );
    await store().createEntities(mine, [entity("c"), entity("ghost", "boo")], ann);
    expect((await listed(store())).map(([name]) => name)).toEqual(["a", "b", "c", "ghost"]);
    await store().updateEntities(mine, [{ name: "ghost", newName: "spirit" }], ann);
    expect(await related(store())).toEqual(["a knows spirit"]);
    expect(await found(store(), "boo")).toEqual(["spirit"]);
  });

  test("ties dangling relations to an entity that takes the name, or is restored to it", async () => {
    await store().createEntities(mine, [entity("a"), entity("b"), entity("old")], ann);
    await store().deleteEntities(mine, ["old"], ann);
    await import_(
      { kind: "relation", ...relation("a", "knows", "ghost") },
      { kind: "relation", ...relation("a", "knows", "old") },
    );
    await store().updateEntities(mine, [{ name: "b", newName: "ghost" }], ann);
    await store().restoreEntities(mine, ["old"], ann);
    const walk = { from: "a", depth: 1, limit: 9, direction: "out" } as const;
    const reached = await store().walk(mine, walk);
    expect(reached.entities.map(({ name }) => name).sort()).toEqual(["ghost", "old"]);
    expect((await related(store())).sort()).toEqual(["a knows ghost", "a knows old"]);
  });

  test("takes in thousands of records in the order they come", async () => {
    const count = 3000;
    const many = (async function* (): AsyncIterable<GraphRecord> {
      for (let i = 0; i < count; i++) yield { kind: "entity", ...entity(`e${i}`, `fact ${i}`) };
      for (let i = 1; i < count; i++) {
        yield { kind: "relation", ...relation(`e${i - 1}`, "next", `e${i}`) };
      }
    })();
    const imported = await store().importRecords(mine, many, ann);
    expect(imported).toMatchObject({ entities: count, observations: count, relations: count - 1 });
    const names = (await exported()).flatMap((record) =>
      record.kind === "entity" ? [record.name] : [],
    );
    expect(names).toEqual(Array.from({ length: count }, (_, index) => `e${index}`));
  });

  test("exports one picture though it changes meanwhile", async () => {
    const many = Array.from({ length: 3000 }, (_, index) => entity(`e${index}`, "fact"));
    await store().createEntities(mine, many, ann);
    const seen: string[] = [];
    for await (const record of store().exportRecords(mine, {})) {
      if (record.kind !== "entity") continue;
      if (seen.length === 0) {
        await store().deleteEntities(mine, ["e2000", "e2999"], bob);
        await store().createEntities(mine, [entity("late")], bob);
        const gone = [{ entityName: "e2500", observations: ["fact"] }];
        await store().deleteObservations(mine, gone, bob);
      }
      seen.push(`${record.name} ${record.observations.length}`);
    }
    expect(seen).toEqual(many.map(({ name }) => `${name} 1`));
  });

  test("stops where a record cannot be kept, and says which", async () => {
    const call = import_({ kind: "entity", ...entity("a") }, { kind: "entity", ...entity("b\0") });
    await expect(call).rejects.toMatchObject({ code: "invalid" });
  });

  test("keeps what files said that was taken over, by project", async () => {
    const other = { owner: "", project: "other" };
    expect(await store().keptStatements(mine)).toHaveLength(0);
    await store().keepStatements(mine, Uint8Array.of(1, 2));
    await store().keepStatements(mine, Uint8Array.of(255));
    expect([...(await store().keptStatements(mine))]).toEqual([1, 2, 255]);
    expect(await store().keptStatements(other)).toHaveLength(0);
  });

  test("tells what entities are called now", async () => {
    await store().createEntities(mine, [entity("a"), entity("b"), entity("c"), entity("d")], ann);
    const called = async (...names: string[]) => {
      const now = await store().nowCalled(mine, names);
      return names.map((name) => now.get(name)?.name);
    };
    expect(await called("a", "none")).toEqual(["a", undefined]);
    await store().updateEntities(mine, [{ name: "a", newName: "x" }], ann);
    await store().mergeEntities(mine, "x", ["b"], ann);
    await store().deleteEntities(mine, ["c"], ann);
    expect(await called("a", "b", "c", "x")).toEqual(["x", "x", undefined, "x"]);
    await store().restoreEntities(mine, ["b", "c"], ann);
    expect(await called("b", "c")).toEqual(["b", "c"]);
    await store().mergeEntities(mine, "d", ["x", "b"], ann);
    await store().deleteEntities(mine, ["d"], ann);
    expect(await called("a", "b", "x", "d")).toEqual([undefined, undefined, undefined, undefined]);
    await store().createEntities(mine, [entity("a")], ann);
    expect(await called("a", "b")).toEqual(["a", undefined]);
  });

  test("remembers files that were taken over, by project", async () => {
    const file = { path: "/x/memory.jsonl", bytes: 10, modified: 1.5, digest: "ab" };
    expect(await store().takenOver(mine, file.path)).toBeUndefined();
    await store().markTakenOver(mine, file);
    expect(await store().takenOver(mine, file.path)).toEqual(file);
    await store().markTakenOver(mine, { ...file, bytes: 11 });
    expect(await store().takenOver(mine, file.path)).toMatchObject({ bytes: 11 });
    expect(await store().takenOver({ owner: "", project: "x" }, file.path)).toBeUndefined();
  });
}
