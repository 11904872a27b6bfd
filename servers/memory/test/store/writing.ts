import fc from "fast-check";
import { expect, test } from "vitest";
import type { TheStore } from "./suite.ts";
import { ann, bob, entity, listed, mine, related, relation } from "./support.ts";

export function writing(store: TheStore): void {
  test("creates entities in order and tells which it created", async () => {
    const created = await store().createEntities(mine, [entity("b", "one"), entity("a")], ann);
    expect(created).toEqual(["b", "a"]);
    expect(await listed(store())).toEqual([
      ["b", ["one"]],
      ["a", []],
    ]);
  });

  test("leaves an entity that exists as it is", async () => {
    await store().createEntities(mine, [entity("a", "one")], ann);
    expect(await store().createEntities(mine, [entity("a", "two"), entity("b")], bob)).toEqual([
      "b",
    ]);
    expect(await listed(store())).toEqual([
      ["a", ["one"]],
      ["b", []],
    ]);
  });

  test("makes one entity of a name that comes twice in a call, and one of a fact", async () => {
    const twice = [entity("a", "one", "one"), entity("b"), entity("a", "two", "one")];
    expect(await store().createEntities(mine, twice, ann)).toEqual(["a", "b"]);
    expect(await listed(store())).toEqual([
      ["a", ["one", "two"]],
      ["b", []],
    ]);
  });

  test("tells names apart by case, by accents and by how they are composed", async () => {
    const names = ["Zoe", "zoe", "Zoë", "Zoe\u0308"];
    expect(
      await store().createEntities(
        mine,
        names.map((name) => entity(name)),
        ann,
      ),
    ).toEqual(names);
    expect((await store().openEntities(mine, ["Zoe\u0308"], {})).map(({ name }) => name)).toEqual([
      "Zoe\u0308",
    ]);
  });

  test.each(["__proto__", "constructor", "toString", "%", "a'b\"c", "-- x", "a\nb", "🦊"])(
    "takes %j for a name like any other",
    async (name) => {
      await store().createEntities(mine, [entity(name, "fact")], ann);
      await store().createRelations(mine, [relation(name, name, name)], ann);
      await store().addObservations(mine, [{ entityName: name, contents: ["__proto__"] }], ann);
      expect(await listed(store())).toEqual([[name, ["fact", "__proto__"]]]);
      expect(await related(store())).toEqual([`${name} ${name} ${name}`]);
    },
  );

  test("keeps a fact of a million characters whole", async () => {
    const long = "a fact of memory ".repeat(62_500);
    await store().createEntities(mine, [entity("a", long)], ann);
    const [opened] = await store().openEntities(mine, ["a"], {});
    expect(opened?.facts[0]?.text === long).toBe(true);
  });

  test("keeps any text exactly", async () => {
    const text = fc.string({ unit: "binary" }).filter((text) => !text.includes("\0"));
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(text, { maxLength: 5 }), async (texts) => {
        const name = `${++count} ${texts[0] ?? ""}`;
        await store().createEntities(mine, [entity(name, ...texts)], ann);
        const [opened] = await store().openEntities(mine, [name], {});
        expect(opened?.name).toBe(name);
        expect(opened?.facts.map(({ text }) => text)).toEqual(texts);
      }),
      { seed: 10, numRuns: 60 },
    );
  });

  test("creates relations that do not exist, each once", async () => {
    await store().createEntities(mine, [entity("a"), entity("b")], ann);
    const first = relation("a", "knows", "b");
    const other = relation("b", "knows", "a");
    expect(await store().createRelations(mine, [first, first], ann)).toEqual([first]);
    expect(await store().createRelations(mine, [first, other], ann)).toEqual([other]);
    expect(await related(store())).toEqual(["a knows b", "b knows a"]);
  });

  test("adds the facts an entity does not have, and tells which", async () => {
    await store().createEntities(mine, [entity("a", "one"), entity("b")], ann);
    const added = await store().addObservations(
      mine,
      [
        { entityName: "a", contents: ["one", "two", "two"] },
        { entityName: "b", contents: ["one"] },
        { entityName: "a", contents: ["two", "three"] },
      ],
      bob,
    );
    expect(added).toEqual([
      { entityName: "a", addedObservations: ["two"] },
      { entityName: "b", addedObservations: ["one"] },
      { entityName: "a", addedObservations: ["three"] },
    ]);
    expect(await listed(store())).toEqual([
      ["a", ["one", "two", "three"]],
      ["b", ["one"]],
    ]);
  });

  test("keeps tags, importance and unknown fields", async () => {
    const extra = { color: "red", deep: { list: [1, null, "x"] } };
    const marked = { ...entity("a"), tags: ["x", "y", "x"], importance: 0.9, extra };
    await store().createEntities(mine, [marked, entity("b")], ann);
    const [a, b] = await store().openEntities(mine, ["a", "b"], {});
    expect(a).toMatchObject({ tags: ["x", "y"], importance: 0.9, extra });
    expect(b).toMatchObject({ tags: [], importance: 0.5 });
    expect(b?.extra).toBeUndefined();
  });

  test("updates type, tags and importance, and leaves what is not named", async () => {
    const marked = { ...entity("a", "one"), tags: ["x", "y"], importance: 0.9 };
    await store().createEntities(mine, [marked], ann);
    const update = { name: "a", entityType: "person", addTags: ["z", "y"], removeTags: ["x"] };
    await store().updateEntities(mine, [update], bob);
    const [a] = await store().openEntities(mine, ["a"], {});
    expect(a).toMatchObject({ entityType: "person", tags: ["y", "z"], importance: 0.9 });
    expect(a?.facts.map(({ text }) => text)).toEqual(["one"]);
    await store().updateEntities(mine, [{ name: "a", importance: 0 }], bob);
    expect(await store().openEntities(mine, ["a"], {})).toMatchObject([{ importance: 0 }]);
  });

  test("renames an entity with its facts and relations, in its place", async () => {
    await store().createEntities(mine, [entity("a", "one"), entity("b")], ann);
    await store().createRelations(
      mine,
      [relation("a", "knows", "b"), relation("b", "sees", "a")],
      ann,
    );
    await store().updateEntities(mine, [{ name: "a", newName: "c" }], bob);
    expect(await listed(store())).toEqual([
      ["c", ["one"]],
      ["b", []],
    ]);
    expect(await related(store())).toEqual(["c knows b", "b sees c"]);
    expect(await store().openEntities(mine, ["a"], {})).toEqual([]);
    expect(await store().createEntities(mine, [entity("a")], ann)).toEqual(["a"]);
  });

  test("makes several updates one after the other", async () => {
    await store().createEntities(mine, [entity("a", "of a"), entity("b", "of b")], ann);
    const swap = [
      { name: "a", newName: "spare" },
      { name: "b", newName: "a" },
      { name: "spare", newName: "b" },
    ];
    await store().updateEntities(mine, swap, ann);
    expect(await listed(store())).toEqual([
      ["b", ["of a"]],
      ["a", ["of b"]],
    ]);
  });

  test("keeps all of many writes at once", async () => {
    const names = Array.from({ length: 50 }, (_, index) => `entity ${index}`);
    const created = await Promise.all(
      names.map((name) => store().createEntities(mine, [entity(name), entity("shared")], ann)),
    );
    expect(created.flat().filter((name) => name === "shared")).toHaveLength(1);
    expect((await store().summary(mine, {})).entities).toBe(51);
    await Promise.all(
      names.map((name) =>
        store().addObservations(mine, [{ entityName: "shared", contents: [name] }], ann),
      ),
    );
    const [shared] = await store().openEntities(mine, ["shared"], {});
    expect(shared?.facts.map(({ text }) => text).sort()).toEqual([...names].sort());
  });
}
