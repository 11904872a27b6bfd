import { describe, expect, test } from "vitest";
import type { Extra, GraphRecord } from "../../src/graph/types.ts";
import type { TheStore } from "./suite.ts";
import { ann, bob, collect, entity, listed, mine, moment, records, relation } from "./support.ts";

/** What comes of several lines on one entity or relation. `apart`: in imports of their own, or in one. */
export function importingLines(store: TheStore): void {
  describe.each([{ apart: false }, { apart: true }])("in imports apart: $apart", ({ apart }) => {
    async function lines(...items: GraphRecord[]): Promise<GraphRecord[]> {
      const imports = apart ? items.map((item) => [item]) : [items];
      for (const some of imports) await store().importRecords(mine, records(...some), bob);
      return exported();
    }
    const exported = () => collect(store().exportRecords(mine, {}));
    const a = (observations: string[], more: object = {}) =>
      ({ kind: "entity", name: "a", entityType: "thing", observations, ...more }) as const;
    const knows = (extra?: Extra) =>
      ({ kind: "relation", ...relation("a", "knows", "b"), ...(extra ? { extra } : {}) }) as const;

    test("several lines on an entity are one, with what each says", async () => {
      const first = a(["one"], { extra: { x: 1 } });
      const second = a(["one", "two"], { tags: ["t"], importance: 0.9, extra: { y: [2] } });
      const third = a([], { tags: ["u"] });
      expect(await lines(first, second, third, first)).toEqual([
        a(["one", "two"], { tags: ["t", "u"], importance: 0.9, extra: { x: 1, y: [2] } }),
      ]);
    });

    test("a line that contradicts gives its observations, and its fields come out again", async () => {
      const first = a(["one"], { importance: 0.9, extra: { x: 1 } });
      const others = [
        { kind: "entity", name: "a", entityType: "robot", observations: ["two"], tags: ["t"] },
        a(["three"], { extra: { x: 2, z: 3 } }),
        a([], { importance: 0.1 }),
      ] as const;
      const expected = [
        a(["one", "two", "three"], { importance: 0.9, extra: { x: 1 } }),
        {
          kind: "entity",
          name: "a",
          entityType: "robot",
          observations: [],
          extra: { tags: ["t"] },
          again: true,
        },
        a([], { extra: { x: 2, z: 3 }, again: true }),
        a([], { extra: { importance: 0.1 }, again: true }),
      ];
      expect(await lines(first, ...others)).toEqual(expected);
      expect(await lines(first, ...others)).toEqual(expected);
      const [details] = await store().openEntities(mine, ["a"], {});
      expect(details).toMatchObject({ entityType: "thing", tags: [], importance: 0.9 });
    });

    test("such a line goes with its entity", async () => {
      const robot = { kind: "entity", name: "a", entityType: "robot", observations: [] } as const;
      await lines(a(["one"]), robot);
      const before = await exported();
      const at = await moment(store());
      await store().updateEntities(mine, [{ name: "a", newName: "c" }], ann);
      expect(await exported()).toEqual(before.map((record) => ({ ...record, name: "c" })));
      await store().deleteEntities(mine, ["c"], ann);
      expect(await exported()).toEqual([]);
      await store().restoreEntities(mine, ["c"], ann);
      expect(await exported()).toHaveLength(2);
      expect(await collect(store().exportRecords(mine, { at }))).toEqual(before);
    });

    test("several lines on a relation are one, with what each says; those that contradict come out again", async () => {
      const all = [knows({ x: 1 }), knows({ y: 2 }), knows(), knows({ x: 3 }), knows({ x: 1 })];
      const expected = [knows({ x: 1, y: 2 }), { ...knows({ x: 3 }), again: true }];
      expect(await lines(...all)).toEqual(expected);
      expect(await lines(...all)).toEqual(expected);
      await store().deleteRelations(mine, [relation("a", "knows", "b")], ann);
      expect(await exported()).toEqual([]);
    });

    test("an observation that is there twice stays so, and is deleted at once", async () => {
      const twice = a(["x", "y", "x"]);
      expect(await lines(twice)).toEqual([twice]);
      expect(await lines(twice, a(["x"]))).toEqual([twice]);
      const gone = [{ entityName: "a", observations: ["x"] }];
      expect(await store().deleteObservations(mine, gone, ann)).toBe(1);
      expect(await listed(store())).toEqual([["a", ["y"]]]);
    });

    test("what came twice moves in a merge, and is restored", async () => {
      await lines(a(["x", "x"]), { kind: "entity", ...entity("b") });
      await store().mergeEntities(mine, "b", ["a"], ann);
      expect(await listed(store())).toEqual([["b", ["x", "x"]]]);
      await store().restoreEntities(mine, ["a"], ann);
      expect((await listed(store())).sort()).toEqual([
        ["a", ["x", "x"]],
        ["b", ["x", "x"]],
      ]);
    });
  });
}
