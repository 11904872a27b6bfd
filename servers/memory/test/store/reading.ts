import { expect, test } from "vitest";
import type { TheStore } from "./suite.ts";
import { ann, bob, chain, entity, mine, moment, relation } from "./support.ts";

export function reading(store: TheStore): void {
  test("pages through entities in the order they were created", async () => {
    const names = Array.from({ length: 7 }, (_, index) => `n${(index * 3) % 7}`);
    for (const name of names) await store().createEntities(mine, [entity(name)], ann);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await store().listEntities(mine, { limit: 3, after });
      seen.push(...page.items.map(({ name }) => name));
      after = page.next;
    } while (after !== undefined);
    expect(seen).toEqual(names);
  });

  test("gives no next page after the last, even if that is full", async () => {
    await chain(store(), "a", "b", "c");
    const relations = await store().listRelations(mine, { limit: 2 });
    expect(relations.next).toBeUndefined();
    const entities = await store().listEntities(mine, { limit: 3 });
    expect(entities.items).toHaveLength(3);
    expect(entities.next).toBeUndefined();
  });

  test("pages on where it was, whatever is created or deleted meanwhile", async () => {
    await chain(store(), "a", "b", "c");
    const first = await store().listEntities(mine, { limit: 2 });
    await store().deleteEntities(mine, ["b"], ann);
    await store().createEntities(mine, [entity("d")], ann);
    const second = await store().listEntities(mine, { limit: 5, after: first.next });
    expect(second.items.map(({ name }) => name)).toEqual(["c", "d"]);
  });

  test("pages through relations in the order they were created", async () => {
    await chain(store(), "a", "b", "c", "d");
    const first = await store().listRelations(mine, { limit: 2 });
    const second = await store().listRelations(mine, { limit: 2, after: first.next });
    expect([...first.items, ...second.items]).toEqual([
      relation("a", "next", "b"),
      relation("b", "next", "c"),
      relation("c", "next", "d"),
    ]);
  });

  test("opens the entities that exist, in the order they were created", async () => {
    await chain(store(), "a", "b", "c");
    const opened = await store().openEntities(mine, ["c", "nobody", "a", "c"], {});
    expect(opened.map(({ name }) => name)).toEqual(["a", "c"]);
  });

  test("tells which names exist, in the order they were created", async () => {
    await chain(store(), "a", "b", "c");
    const at = await moment(store());
    await store().updateEntities(mine, [{ name: "b", newName: "bee" }], ann);
    await store().deleteEntities(mine, ["c"], ann);
    const names = async (asOf: { at?: number }) => {
      const known = await store().existing(mine, ["c", "bee", "b", "nobody", "a", "a"], asOf);
      const created = known.map((one) => one.created);
      expect(created).toEqual([...created].sort((one, other) => one - other));
      return known.map(({ name }) => name);
    };
    expect(await names({})).toEqual(["a", "bee"]);
    expect(await names({ at })).toEqual(["a", "b", "c"]);
  });

  test("tells relations of entities: with one end among them, or with both", async () => {
    await chain(store(), "a", "b", "c");
    const one = await store().relationsOf(mine, ["a", "b"], { ends: "one", limit: 10 });
    expect(one).toEqual([relation("a", "next", "b"), relation("b", "next", "c")]);
    const both = await store().relationsOf(mine, ["a", "b"], { ends: "both", limit: 10 });
    expect(both).toEqual([relation("a", "next", "b")]);
    expect(await store().relationsOf(mine, ["b"], { ends: "one", limit: 1 })).toHaveLength(1);
  });

  test("says of each fact and entity who wrote it, through what and when", async () => {
    const before = await moment(store());
    await store().createEntities(mine, [entity("a", "one")], ann);
    const between = await moment(store());
    await store().addObservations(mine, [{ entityName: "a", contents: ["two"] }], bob);
    const [a] = await store().openEntities(mine, ["a"], {});
    expect(a?.author).toEqual(ann);
    expect(a?.facts.map(({ author }) => author)).toEqual([ann, bob]);
    expect(a?.createdAt).toBeGreaterThan(before);
    expect(a?.createdAt).toBeLessThanOrEqual(between);
    expect(a?.facts[0]?.at).toBe(a?.createdAt);
    expect(a?.facts[1]?.at).toBeGreaterThan(between);
    expect(a?.updatedAt).toBe(a?.facts[1]?.at);
  });

  test("leaves out an author nobody named", async () => {
    await store().createEntities(mine, [entity("a", "one")], {});
    const [a] = await store().openEntities(mine, ["a"], {});
    expect(a?.author).toEqual({});
    expect(a?.facts[0]?.author).toEqual({});
  });

  test("counts a change of either end's relations as an update", async () => {
    await store().createEntities(mine, [entity("a"), entity("b")], ann);
    const before = await moment(store());
    await store().createRelations(mine, [relation("a", "knows", "b")], ann);
    const [a, b] = await store().openEntities(mine, ["a", "b"], {});
    expect(a?.updatedAt).toBeGreaterThan(before);
    expect(b?.updatedAt).toBe(a?.updatedAt);
  });

  test("sums up a graph", async () => {
    const people = ["p", "q", "r"].map((name) => ({
      ...entity(name, "x", "y"),
      entityType: "person",
    }));
    await store().createEntities(mine, [...people, { ...entity("c"), tags: ["big", "old"] }], ann);
    await store().updateEntities(mine, [{ name: "p", addTags: ["old"] }], ann);
    const lives = people.map(({ name }) => relation(name, "lives in", "c"));
    await store().createRelations(mine, [...lives, relation("p", "knows", "q")], ann);
    await store().deleteEntities(mine, ["r"], ann);
    const summary = await store().summary(mine, {});
    expect(summary).toMatchObject({
      entities: 3,
      observations: 4,
      relations: 3,
      entityTypes: [
        ["person", 2],
        ["thing", 1],
      ],
      relationTypes: [
        ["lives in", 2],
        ["knows", 1],
      ],
      tags: [
        ["old", 2],
        ["big", 1],
      ],
    });
    expect([...summary.hubs].sort()).toEqual([
      ["c", 2],
      ["p", 2],
      ["q", 2],
    ]);
    expect(summary.recent.map(([name]) => name).sort()).toEqual(["c", "p", "q"]);
  });

  test("sums up nothing as nothing", async () => {
    expect(await store().summary(mine, {})).toEqual({
      entities: 0,
      observations: 0,
      relations: 0,
      entityTypes: [],
      relationTypes: [],
      tags: [],
      hubs: [],
      recent: [],
    });
  });

  test("completes names by their beginning first, whatever their case", async () => {
    const names = ["Joanna", "Ann Smith", "annika", "Bob"];
    await store().createEntities(
      mine,
      names.map((name) => entity(name)),
      ann,
    );
    expect(await store().names(mine, "ANN", 10)).toEqual(["Ann Smith", "annika", "Joanna"]);
    expect(await store().names(mine, "smi", 10)).toEqual(["Ann Smith"]);
    expect(await store().names(mine, "", 2)).toHaveLength(2);
    expect(await store().names(mine, "%", 10)).toEqual([]);
  });
}
