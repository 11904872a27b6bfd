import { expect, test } from "vitest";
import type { TheStore } from "./suite.ts";
import {
  ann,
  bob,
  chain,
  collect,
  entity,
  found,
  listed,
  mine,
  records,
  related,
  relation,
} from "./support.ts";

export function deleting(store: TheStore): void {
  test("ends entities with their relations, and passes over unknown names", async () => {
    await chain(store(), "a", "b", "c");
    expect(await store().deleteEntities(mine, ["b", "nobody", "b"], ann)).toEqual(["b"]);
    expect((await listed(store())).map(([name]) => name)).toEqual(["a", "c"]);
    expect(await related(store())).toEqual([]);
    expect(await found(store(), "b")).toEqual([]);
  });

  test("ends facts and relations, and counts them", async () => {
    await chain(store(), "a", "b");
    await store().addObservations(mine, [{ entityName: "a", contents: ["one", "two"] }], ann);
    const deletions = [
      { entityName: "a", observations: ["one", "unknown", "one"] },
      { entityName: "nobody", observations: ["one"] },
    ];
    expect(await store().deleteObservations(mine, deletions, ann)).toBe(1);
    expect(await listed(store())).toEqual([
      ["a", ["two"]],
      ["b", []],
    ]);
    const relations = [relation("a", "next", "b"), relation("b", "next", "a")];
    expect(await store().deleteRelations(mine, relations, ann)).toBe(1);
    expect(await related(store())).toEqual([]);
  });

  test("restores a deleted entity with facts and relations", async () => {
    await chain(store(), "a", "b", "c");
    await store().addObservations(mine, [{ entityName: "b", contents: ["hiking"] }], ann);
    await store().deleteEntities(mine, ["b"], bob);
    expect(await store().restoreEntities(mine, ["b", "nobody", "a"], bob)).toEqual(["b"]);
    expect(await listed(store())).toEqual([
      ["a", []],
      ["b", ["hiking"]],
      ["c", []],
    ]);
    expect((await related(store())).sort()).toEqual(["a next b", "b next c"]);
    expect(await found(store(), "hiking")).toEqual(["b"]);
  });

  test("does not restore what had been deleted before the entity was", async () => {
    await store().createEntities(mine, [entity("a", "old", "new"), entity("b")], ann);
    await store().createRelations(
      mine,
      [relation("a", "knows", "b"), relation("a", "sees", "b")],
      ann,
    );
    await store().deleteObservations(mine, [{ entityName: "a", observations: ["old"] }], ann);
    await store().deleteRelations(mine, [relation("a", "sees", "b")], ann);
    await store().deleteEntities(mine, ["a"], ann);
    await store().restoreEntities(mine, ["a"], ann);
    expect(await listed(store())).toEqual([
      ["a", ["new"]],
      ["b", []],
    ]);
    expect(await related(store())).toEqual(["a knows b"]);
  });

  test("restores a relation once both of its ends are back", async () => {
    await chain(store(), "a", "b");
    await store().deleteEntities(mine, ["a", "b"], ann);
    await store().restoreEntities(mine, ["a"], ann);
    expect(await related(store())).toEqual([]);
    await store().restoreEntities(mine, ["b"], ann);
    expect(await related(store())).toEqual(["a next b"]);
  });

  test("starts anew under the name of a deleted entity, which then stays deleted", async () => {
    await chain(store(), "a", "b");
    await store().deleteEntities(mine, ["a"], ann);
    expect(await store().createEntities(mine, [entity("a", "new")], ann)).toEqual(["a"]);
    expect(await store().restoreEntities(mine, ["a"], ann)).toEqual([]);
    expect(await listed(store())).toEqual([
      ["b", []],
      ["a", ["new"]],
    ]);
    expect(await related(store())).toEqual([]);
  });

  test("restores the last of several entities that had a name", async () => {
    for (const fact of ["first", "second"]) {
      await store().createEntities(mine, [entity("a", fact)], ann);
      await store().deleteEntities(mine, ["a"], ann);
    }
    await store().restoreEntities(mine, ["a"], ann);
    expect(await listed(store())).toEqual([["a", ["second"]]]);
  });

  test("does not restore an entity under a name it was renamed from", async () => {
    await store().createEntities(mine, [entity("a")], ann);
    await store().updateEntities(mine, [{ name: "a", newName: "b" }], ann);
    expect(await store().restoreEntities(mine, ["a"], ann)).toEqual([]);
    await store().deleteEntities(mine, ["b"], ann);
    expect(await store().restoreEntities(mine, ["a"], ann)).toEqual([]);
    expect(await store().restoreEntities(mine, ["b"], ann)).toEqual(["b"]);
  });

  test("merges facts, tags and relations into one entity", async () => {
    const tagged = { ...entity("ann", "likes tea"), tags: ["x"] };
    const other = { ...entity("anne", "likes tea", "hikes"), tags: ["y", "x"] };
    await store().createEntities(mine, [tagged, other, entity("c")], ann);
    const relations = [
      relation("anne", "knows", "c"),
      relation("c", "knows", "anne"),
      relation("ann", "knows", "c"),
      relation("ann", "same as", "anne"),
    ];
    await store().createRelations(mine, relations, ann);
    await store().mergeEntities(mine, "ann", ["anne"], bob);
    expect(await listed(store())).toEqual([
      ["ann", ["likes tea", "hikes"]],
      ["c", []],
    ]);
    expect((await related(store())).sort()).toEqual(["ann knows c", "c knows ann"]);
    const [merged] = await store().openEntities(mine, ["ann"], {});
    expect(merged?.tags).toEqual(["x", "y"]);
    expect(await found(store(), "hikes")).toEqual(["ann"]);
  });

  test("keeps who said a fact first through a merge", async () => {
    await store().createEntities(mine, [entity("a", "hikes")], ann);
    await store().createEntities(mine, [entity("b")], bob);
    const [before] = await store().openEntities(mine, ["a"], {});
    await store().mergeEntities(mine, "b", ["a"], bob);
    const [after] = await store().openEntities(mine, ["b"], {});
    expect(after?.facts).toEqual(before?.facts);
    expect(after?.facts[0]?.author).toEqual(ann);
  });

  test("takes over what the target of a merge lacks: marks, unknown fields, lines that contradict", async () => {
    const knows = relation("b", "knows", "c");
    await store().importRecords(
      mine,
      records(
        { kind: "entity", ...entity("a"), extra: { x: 1 } },
        { kind: "entity", ...entity("b"), tags: ["t"], importance: 0.9, extra: { x: 2, y: 3 } },
        { kind: "entity", ...entity("b"), entityType: "robot", extra: { z: 4 } },
        { kind: "entity", ...entity("c") },
        { kind: "relation", ...relation("a", "knows", "c"), extra: { w: 1 } },
        { kind: "relation", ...knows, extra: { v: 2 } },
      ),
      ann,
    );
    await store().mergeEntities(mine, "a", ["b"], ann);
    const more = { tags: ["t"], importance: 0.9, extra: { x: 1, y: 3 } };
    const robot = { ...entity("a"), entityType: "robot", extra: { z: 4 } };
    expect(await collect(store().exportRecords(mine, {}))).toEqual([
      { kind: "entity", ...entity("a"), ...more },
      { kind: "entity", ...robot, again: true },
      { kind: "entity", ...entity("c") },
      { kind: "relation", ...relation("a", "knows", "c"), extra: { w: 1, v: 2 } },
    ]);
    await store().restoreEntities(mine, ["b"], ann);
    const [b] = await store().openEntities(mine, ["b"], {});
    expect(b).toMatchObject({ importance: 0.9, extra: [{ x: 2, y: 3 }, { entityType: "robot" }] });
  });

  test("leaves the target of a merge what it has", async () => {
    const a = { ...entity("a"), tags: ["s"], importance: 0.1 };
    await store().createEntities(mine, [a, { ...entity("b"), importance: 0.9 }], ann);
    await store().mergeEntities(mine, "a", ["b"], ann);
    const [merged] = await store().openEntities(mine, ["a"], {});
    expect(merged).toMatchObject({ entityType: "thing", tags: ["s"], importance: 0.1 });
  });

  test("restores what was merged away, with its facts", async () => {
    await chain(store(), "a", "b", "c");
    await store().addObservations(mine, [{ entityName: "b", contents: ["hikes"] }], ann);
    await store().mergeEntities(mine, "a", ["b"], ann);
    expect(await store().restoreEntities(mine, ["b"], ann)).toEqual(["b"]);
    expect(await listed(store())).toEqual([
      ["a", ["hikes"]],
      ["b", ["hikes"]],
      ["c", []],
    ]);
    expect((await related(store())).sort()).toEqual(["a next b", "a next c", "b next c"]);
  });

  test("can be told to delete nothing", async () => {
    expect(await store().deleteEntities(mine, [], ann)).toEqual([]);
    expect(await store().deleteObservations(mine, [], ann)).toBe(0);
    expect(await store().deleteRelations(mine, [], ann)).toBe(0);
    expect((await store().history(mine, { limit: 10 })).items).toEqual([]);
  });
}
