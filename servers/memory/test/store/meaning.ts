import { expect, test } from "vitest";
import type { TheStore } from "./suite.ts";
import { ann, entity, mine } from "./support.ts";

const MODEL = "test-3";

export function meaning(store: TheStore): void {
  const near = async (text: string, vector: number[], more: { entityTypes?: string[] } = {}) => {
    const search = { text, vector: { model: MODEL, values: Float32Array.from(vector) }, limit: 10 };
    const page = await store().search(mine, { ...search, ...more });
    return page.items.map((item) => item.entity.name);
  };
  const vectors = (entries: Record<string, number[]>) =>
    store().putVectors(
      mine,
      MODEL,
      Object.entries(entries).map(([name, vector]) => ({
        name,
        vector: Float32Array.from(vector),
      })),
    );

  test("tells which entities have no vector of a model, until they have", async () => {
    await store().createEntities(mine, [entity("a", "one"), entity("b")], ann);
    expect(await store().withoutVector(mine, MODEL, 10)).toEqual([entity("a", "one"), entity("b")]);
    expect(await store().withoutVector(mine, MODEL, 1)).toHaveLength(1);
    await vectors({ a: [1, 0, 0], nobody: [0, 1, 0] });
    expect(await store().withoutVector(mine, MODEL, 10)).toEqual([entity("b")]);
    expect(await store().withoutVector(mine, "other", 10)).toHaveLength(2);
  });

  test("asks for a vector again once a text changed", async () => {
    await store().createEntities(mine, [entity("a", "one"), entity("b")], ann);
    await vectors({ a: [1, 0, 0], b: [1, 0, 0] });
    await store().addObservations(mine, [{ entityName: "a", contents: ["two"] }], ann);
    await store().createRelations(mine, [{ from: "a", to: "b", relationType: "x" }], ann);
    expect(await store().withoutVector(mine, MODEL, 10)).toEqual([entity("a", "one", "two")]);
  });

  test("keeps no vector of a text that changed while its vector was made", async () => {
    await store().createEntities(mine, [entity("a", "one")], ann);
    await store().withoutVector(mine, MODEL, 10);
    await store().addObservations(mine, [{ entityName: "a", contents: ["two"] }], ann);
    await vectors({ a: [1, 0, 0] });
    expect(await store().withoutVector(mine, MODEL, 10)).toHaveLength(1);
  });

  test("finds by meaning what no word finds", async () => {
    await store().createEntities(
      mine,
      ["dog", "car", "cat"].map((name) => entity(name)),
      ann,
    );
    await vectors({ dog: [1, 0.1, 0], car: [0, 0, 1], cat: [2, 0.4, 0.2] });
    expect((await near("puppy", [1, 0, 0])).slice(0, 2)).toEqual(["dog", "cat"]);
  });

  test("puts first what both words and meaning find", async () => {
    const facts = [entity("a", "a bicycle"), entity("b", "a bicycle"), entity("c", "a tricycle")];
    await store().createEntities(mine, facts, ann);
    await vectors({ a: [0, 1, 0], b: [1, 0, 0], c: [0.9, 0.1, 0] });
    const order = await near("bicycle", [1, 0, 0]);
    expect(order[0]).toBe("b");
    expect(order).toContain("c");
  });

  test("narrows what it finds by meaning, and forgets what is deleted", async () => {
    await store().createEntities(mine, [{ ...entity("a"), entityType: "x" }, entity("b")], ann);
    await vectors({ a: [1, 0, 0], b: [1, 0, 0] });
    expect(await near("word", [1, 0, 0], { entityTypes: ["x"] })).toEqual(["a"]);
    await store().deleteEntities(mine, ["a"], ann);
    expect(await near("word", [1, 0, 0])).toEqual(["b"]);
  });

  test("does without meaning where vectors are of another length", async () => {
    await store().createEntities(mine, [entity("a")], ann);
    await vectors({ a: [1, 0, 0] });
    expect(await near("a", [1, 0])).toEqual(["a"]);
  });
}
