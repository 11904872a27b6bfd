import { expect, test } from "vitest";
import { GraphError } from "../../src/graph/error.ts";
import type { Walk } from "../../src/graph/types.ts";
import type { TheStore } from "./suite.ts";
import { ann, chain, entity, mine, moment, relation } from "./support.ts";

export function following(store: TheStore): void {
  const walked = async (walk: Partial<Walk> & { from: string }) => {
    const reached = await store().walk(mine, { depth: 1, limit: 100, direction: "both", ...walk });
    return {
      names: reached.entities.map(({ name, steps }) => `${name} ${steps}`),
      relations: reached.relations.map(({ from, to }) => `${from}-${to}`).sort(),
      cut: reached.cut,
    };
  };

  test("reaches what is near, nearest first, and not where it began", async () => {
    await chain(store(), "a", "b", "c", "d");
    expect(await walked({ from: "b" })).toEqual({
      names: expect.arrayContaining(["a 1", "c 1"]),
      relations: ["a-b", "b-c"],
      cut: false,
    });
    expect((await walked({ from: "a", depth: 2 })).names).toEqual(["b 1", "c 2"]);
    expect((await walked({ from: "a", depth: 9 })).names).toEqual(["b 1", "c 2", "d 3"]);
  });

  test("follows relations one way, or of some types only", async () => {
    await chain(store(), "a", "b", "c");
    await store().createRelations(mine, [relation("b", "likes", "a")], ann);
    expect(await walked({ from: "b", direction: "out", relationTypes: ["next"] })).toMatchObject({
      names: ["c 1"],
      relations: ["b-c"],
    });
    expect((await walked({ from: "b", direction: "in" })).names).toEqual(["a 1"]);
    expect((await walked({ from: "b", relationTypes: [] })).names).toEqual([]);
  });

  test("walks in circles once", async () => {
    await chain(store(), "a", "b", "c");
    await store().createRelations(
      mine,
      [relation("c", "next", "a"), relation("a", "is", "a")],
      ann,
    );
    const { names } = await walked({ from: "a", depth: 10, direction: "out" });
    expect(names).toEqual(["b 1", "c 2"]);
  });

  test("says when the limit cut a walk", async () => {
    await store().createEntities(
      mine,
      ["hub", "a", "b", "c"].map((name) => entity(name)),
      ann,
    );
    const spokes = ["a", "b", "c"].map((name) => relation("hub", "has", name));
    await store().createRelations(mine, spokes, ann);
    const cut = await walked({ from: "hub", limit: 2 });
    expect(cut.names).toHaveLength(2);
    expect(cut.relations).toHaveLength(2);
    expect(cut.cut).toBe(true);
    expect((await walked({ from: "hub", limit: 3 })).cut).toBe(false);
  });

  test("finds the shortest path, whichever way its relations point", async () => {
    await chain(store(), "a", "b", "c", "d", "e");
    await store().createRelations(mine, [relation("e", "back", "b")], ann);
    expect(await store().path(mine, { from: "a", to: "e", depth: 5 })).toEqual([
      relation("a", "next", "b"),
      relation("e", "back", "b"),
    ]);
    expect(await store().path(mine, { from: "e", to: "a", depth: 2 })).toEqual([
      relation("e", "back", "b"),
      relation("a", "next", "b"),
    ]);
  });

  test("finds no path where there is none within the depth", async () => {
    await chain(store(), "a", "b", "c");
    await store().createEntities(mine, [entity("alone")], ann);
    expect(await store().path(mine, { from: "a", to: "c", depth: 1 })).toBeUndefined();
    expect(await store().path(mine, { from: "a", to: "alone", depth: 9 })).toBeUndefined();
    expect(await store().path(mine, { from: "a", to: "a", depth: 9 })).toEqual([]);
  });

  test("begins at entities that exist only", async () => {
    await store().createEntities(mine, [entity("a")], ann);
    await expect(walked({ from: "nobody" })).rejects.toThrow(GraphError);
    await expect(store().path(mine, { from: "a", to: "nobody", depth: 1 })).rejects.toMatchObject({
      code: "unknown-entity",
    });
  });

  test("follows relations as they were", async () => {
    await chain(store(), "a", "b", "c");
    const at = await moment(store());
    await store().deleteEntities(mine, ["b"], ann);
    await store().updateEntities(mine, [{ name: "c", newName: "see" }], ann);
    expect((await walked({ from: "a", depth: 2, at })).names).toEqual(["b 1", "c 2"]);
    expect(await store().path(mine, { from: "a", to: "c", depth: 2, at })).toHaveLength(2);
    expect((await walked({ from: "a", depth: 2 })).names).toEqual([]);
  });
}
