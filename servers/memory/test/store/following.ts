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
      more: reached.more,
      cut: reached.cut,
    };
  };
  /** The path as `a-b b-c`, with `cut`; nothing for none. */
  const found = async (
    from: string,
    to: string,
    options: { depth: number; relationTypes?: string[]; at?: number },
  ) => {
    const { relations, cut } = await store().path(mine, { from, to, ...options });
    return { path: relations?.map((one) => `${one.from}-${one.to}`).join(" "), cut };
  };

  test("reaches what is near, nearest first, and not where it began", async () => {
    await chain(store(), "a", "b", "c", "d");
    expect(await walked({ from: "b" })).toEqual({
      names: expect.arrayContaining(["a 1", "c 1"]),
      relations: ["a-b", "b-c"],
      more: false,
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

  test("says when the limit ended a walk", async () => {
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
    expect(cut).toMatchObject({ more: true, cut: false });
    expect(await walked({ from: "hub", limit: 3 })).toMatchObject({ more: false, cut: false });
  });

  test("reaches first what it reached with a lower limit", async () => {
    const names = Array.from({ length: 20 }, (_, index) => `e${index}`);
    await store().createEntities(
      mine,
      names.map((name) => entity(name)),
      ann,
    );
    const all = names.flatMap((name, index) =>
      [3 * index + 1, 7 * index + 2].map((to) => relation(name, "next", `e${to % 20}`)),
    );
    await store().createRelations(mine, all, ann);
    const whole = await walked({ from: "e5", depth: 3 });
    expect(whole.names).toHaveLength(18);
    for (const limit of [1, 4, 11, 17]) {
      expect((await walked({ from: "e5", depth: 3, limit })).names).toEqual(
        whole.names.slice(0, limit),
      );
    }
  });

  test("finds the shortest path, whichever way its relations point", async () => {
    await chain(store(), "a", "b", "c", "d", "e");
    await store().createRelations(mine, [relation("e", "back", "b")], ann);
    expect(await store().path(mine, { from: "a", to: "e", depth: 5 })).toEqual({
      relations: [relation("a", "next", "b"), relation("e", "back", "b")],
      cut: false,
    });
    expect(await store().path(mine, { from: "e", to: "a", depth: 2 })).toEqual({
      relations: [relation("e", "back", "b"), relation("a", "next", "b")],
      cut: false,
    });
  });

  test("finds a path by relations of some types", async () => {
    await chain(store(), "a", "b", "c");
    await store().createRelations(mine, [relation("a", "knows", "c")], ann);
    const by = (...relationTypes: string[]) => found("a", "c", { depth: 5, relationTypes });
    expect(await by("next")).toEqual({ path: "a-b b-c", cut: false });
    expect(await by("knows", "next")).toEqual({ path: "a-c", cut: false });
    expect(await by("likes")).toEqual({ path: undefined, cut: false });
  });

  test("finds no path where there is none within the depth", async () => {
    await chain(store(), "a", "b", "c");
    await store().createEntities(mine, [entity("alone")], ann);
    const none = { path: undefined, cut: false };
    expect(await found("a", "c", { depth: 1 })).toEqual(none);
    expect(await found("a", "alone", { depth: 9 })).toEqual(none);
    expect(await found("a", "a", { depth: 9 })).toEqual({ path: "", cut: false });
  });

  test("says when there were more relations than are followed", { timeout: 60_000 }, async () => {
    const [crowd, size] = [20_001, 5_000];
    const names = ["a", "b", "p", "q", "z"];
    await store().createEntities(
      mine,
      names.map((name) => entity(name)),
      ann,
    );
    await store().createRelations(mine, [relation("p", "is", "q")], ann);
    for (let from = 0; from < crowd; from += size) {
      const types = Array.from({ length: size }, (_, index) => `type ${from + index}`);
      for (const [one, other] of [
        ["a", "p"],
        ["b", "q"],
      ] as const) {
        const relations = types.map((type) => relation(one, type, other));
        await store().createRelations(mine, relations, ann);
      }
    }
    const rare = [relation("a", "rare", "z"), relation("b", "rare", "z")];
    await store().createRelations(mine, rare, ann);

    const relationTypes = ["rare"];
    expect(await walked({ from: "a" })).toMatchObject({ names: ["p 1"], more: false, cut: true });
    expect(await walked({ from: "a", relationTypes })).toMatchObject({
      names: ["z 1"],
      cut: false,
    });
    expect(await found("a", "z", { depth: 1 })).toEqual({ path: undefined, cut: true });
    expect(await found("a", "z", { depth: 2 })).toEqual({ path: "a-z", cut: false });
    expect(await found("a", "b", { depth: 2 })).toEqual({ path: undefined, cut: true });
    expect(await found("a", "b", { depth: 3 })).toEqual({ path: "a-p p-q b-q", cut: true });
    const narrowed = await found("a", "b", { depth: 3, relationTypes });
    expect(narrowed).toEqual({ path: "a-z b-z", cut: false });
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
    expect(await found("a", "c", { depth: 2, at })).toEqual({ path: "a-b b-c", cut: false });
    expect((await walked({ from: "a", depth: 2 })).names).toEqual([]);
  });
}
