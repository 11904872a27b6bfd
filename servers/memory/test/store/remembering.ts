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
  moment,
  records,
  related,
  relation,
} from "./support.ts";

export function remembering(store: TheStore): void {
  const told = async (entity?: string) => {
    const { items } = await store().history(mine, { limit: 100, entity });
    return items.map(({ action, entity, detail }) => [action, entity, detail]);
  };

  test("tells what happened, last first, to whom and by whom", async () => {
    await store().createEntities(mine, [entity("a", "one"), entity("b")], ann);
    await store().createRelations(mine, [relation("a", "knows", "b")], ann);
    await store().addObservations(mine, [{ entityName: "b", contents: ["two"] }], bob);
    await store().deleteObservations(mine, [{ entityName: "b", observations: ["two"] }], bob);
    await store().deleteRelations(mine, [relation("a", "knows", "b")], bob);
    expect(await told()).toEqual([
      ["delete-relation", "a", "b (knows)"],
      ["delete-observation", "b", "two"],
      ["add-observation", "b", "two"],
      ["create-relation", "a", "b (knows)"],
      ["create-entity", "b", "thing"],
      ["add-observation", "a", "one"],
      ["create-entity", "a", "thing"],
    ]);
    const { items } = await store().history(mine, { limit: 100 });
    expect(items.map(({ author }) => author)).toEqual([bob, bob, bob, ann, ann, ann, ann]);
    const ids = items.map(({ id }) => id);
    expect(ids).toEqual([...ids].sort((one, other) => other - one));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("tells what happened to one entity, and to relations it is in", async () => {
    await chain(store(), "a", "b");
    await store().createEntities(mine, [entity("c")], ann);
    expect(await told("b")).toEqual([
      ["create-relation", "a", "b (next)"],
      ["create-entity", "b", "thing"],
    ]);
    expect(await told("c")).toEqual([["create-entity", "c", "thing"]]);
    expect(await told("nobody")).toEqual([]);
  });

  test("tells of updates, deletions and restorations, and follows an entity through its names", async () => {
    await store().createEntities(mine, [entity("a")], ann);
    const update = { name: "a", newName: "b", entityType: "person", addTags: ["x"], importance: 1 };
    await store().updateEntities(mine, [update], bob);
    await store().deleteEntities(mine, ["b"], bob);
    await store().restoreEntities(mine, ["b"], ann);
    const history = await told("b");
    expect(history).toEqual([
      ["restore", "b", ""],
      ["delete-entity", "b", ""],
      [
        "update-entity",
        "a",
        "name: a -> b; type: thing -> person; tags added: x; importance: 0.5 -> 1",
      ],
      ["create-entity", "a", "thing"],
    ]);
    expect(await told("a")).toEqual(history);
  });

  test("tells of the relations an entity lost and regained with its deletion", async () => {
    await chain(store(), "a", "b");
    await store().deleteEntities(mine, ["b"], ann);
    expect((await told("a"))[0]).toEqual(["delete-relation", "a", "b (next)"]);
    await store().restoreEntities(mine, ["b"], ann);
    expect((await told("a"))[0]).toEqual(["create-relation", "a", "b (next)"]);
  });

  test("tells of a merge to both", async () => {
    await store().createEntities(mine, [entity("a"), entity("b", "one")], ann);
    await store().mergeEntities(mine, "a", ["b"], ann);
    expect(await told("a")).toContainEqual(["merge-entity", "a", "b"]);
    expect(await told("b")).toContainEqual(["merge-entity", "a", "b"]);
  });

  test("writes down nothing where nothing changed", async () => {
    await store().createEntities(mine, [{ ...entity("a", "one"), tags: ["x"] }], ann);
    const before = await told();
    await store().createEntities(mine, [entity("a", "two")], bob);
    await store().addObservations(mine, [{ entityName: "a", contents: ["one"] }], bob);
    await store().updateEntities(mine, [{ name: "a", newName: "a", addTags: ["x"] }], bob);
    await store().deleteEntities(mine, ["nobody"], bob);
    expect(await told()).toEqual(before);
  });

  test("pages through the history", async () => {
    for (const name of ["a", "b", "c"]) await store().createEntities(mine, [entity(name)], ann);
    const first = await store().history(mine, { limit: 2 });
    const second = await store().history(mine, { limit: 2, after: first.next });
    expect([...first.items, ...second.items].map(({ entity }) => entity)).toEqual(["c", "b", "a"]);
    expect(second.next).toBeUndefined();
  });

  test("reads the graph as it was", async () => {
    const nothing = await moment(store());
    await chain(store(), "a", "b");
    await store().addObservations(mine, [{ entityName: "a", contents: ["one", "two"] }], ann);
    const at = await moment(store());
    await store().deleteObservations(mine, [{ entityName: "a", observations: ["one"] }], ann);
    await store().addObservations(mine, [{ entityName: "a", contents: ["three"] }], ann);
    await store().updateEntities(mine, [{ name: "a", newName: "c", addTags: ["x"] }], ann);
    await store().deleteEntities(mine, ["b"], ann);
    await store().createEntities(mine, [entity("a", "another")], ann);

    expect(await listed(store(), at)).toEqual([
      ["a", ["one", "two"]],
      ["b", []],
    ]);
    expect(await related(store(), at)).toEqual(["a next b"]);
    expect(await listed(store(), nothing)).toEqual([]);
    expect(await listed(store())).toEqual([
      ["c", ["two", "three"]],
      ["a", ["another"]],
    ]);
    const [a] = await store().openEntities(mine, ["a", "c"], { at });
    expect(a).toMatchObject({ name: "a", tags: [] });
    expect(a?.updatedAt).toBeLessThanOrEqual(at);
    expect(await store().summary(mine, { at })).toMatchObject({
      entities: 2,
      observations: 2,
      relations: 1,
      tags: [],
    });
    const relations = await store().relationsOf(mine, ["b"], { at, ends: "one", limit: 5 });
    expect(relations).toEqual([relation("a", "next", "b")]);
    expect(await collect(store().exportRecords(mine, { at }))).toEqual([
      { kind: "entity", ...entity("a", "one", "two") },
      { kind: "entity", ...entity("b") },
      { kind: "relation", ...relation("a", "next", "b") },
    ]);
  });

  test("reads a merge and a restoration as they were", async () => {
    await store().createEntities(mine, [entity("a"), entity("b", "one")], ann);
    const apart = await moment(store());
    await store().mergeEntities(mine, "a", ["b"], ann);
    const merged = await moment(store());
    await store().restoreEntities(mine, ["b"], ann);
    expect(await listed(store(), apart)).toEqual([
      ["a", []],
      ["b", ["one"]],
    ]);
    expect(await listed(store(), merged)).toEqual([["a", ["one"]]]);
    expect(await listed(store())).toEqual([
      ["a", ["one"]],
      ["b", ["one"]],
    ]);
  });

  test("searches the graph as it was", async () => {
    await store().createEntities(mine, [entity("a", "likes hiking"), entity("b", "hikes")], ann);
    await store().createEntities(mine, [entity("c", "swims")], ann);
    const at = await moment(store());
    await store().deleteEntities(mine, ["b"], ann);
    await store().deleteObservations(
      mine,
      [{ entityName: "a", observations: ["likes hiking"] }],
      ann,
    );
    await store().addObservations(mine, [{ entityName: "c", contents: ["hikes now"] }], ann);
    await store().createEntities(mine, [entity("d", "hikes")], ann);
    expect((await found(store(), "hike", at)).sort()).toEqual(["a", "b"]);
    expect((await found(store(), "hike")).sort()).toEqual(["c", "d"]);
    expect(await found(store(), "swims", at)).toEqual(["c"]);
  });

  test("dates an import like any other writing", async () => {
    const before = await moment(store());
    await store().importRecords(mine, records({ kind: "entity", ...entity("a", "one") }), bob);
    expect((await told("a"))[0]).toEqual(["import", "a", "1 observation"]);
    expect(await listed(store(), before)).toEqual([]);
    const [a] = await store().openEntities(mine, ["a"], {});
    expect(a?.facts[0]?.author).toEqual(bob);
  });
}
