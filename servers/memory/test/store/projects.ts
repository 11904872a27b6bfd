import { expect, test } from "vitest";
import type { Scope } from "../../src/graph/types.ts";
import type { TheStore } from "./suite.ts";
import { ann, collect, entity, moment, relation } from "./support.ts";

const work: Scope = { owner: "ann", project: "work" };
const others: Scope[] = [
  { owner: "ann", project: "home" },
  { owner: "bob", project: "work" },
  { owner: "", project: "work" },
];

export function projects(store: TheStore): void {
  test("lists the projects of an owner only", async () => {
    expect(await store().projects("ann")).toEqual([]);
    for (const scope of [work, ...others]) await store().createEntities(scope, [entity("a")], ann);
    expect(await store().projects("ann")).toEqual(["home", "work"]);
    expect(await store().projects("bob")).toEqual(["work"]);
    expect(await store().projects("nobody")).toEqual([]);
  });

  test("knows nothing of other graphs by any read", async () => {
    const secret = [{ ...entity("secret", "a hidden treasure"), tags: ["x"] }, entity("other")];
    await store().createEntities(work, secret, ann);
    await store().createRelations(work, [relation("secret", "knows", "other")], ann);
    await store().putVectors(work, "m", [{ name: "secret", vector: Float32Array.of(1, 0) }]);
    const at = await moment(store(), work);
    for (const scope of others) {
      expect((await store().listEntities(scope, { limit: 9 })).items).toEqual([]);
      expect((await store().listRelations(scope, { limit: 9, at })).items).toEqual([]);
      expect(await store().openEntities(scope, ["secret"], {})).toEqual([]);
      expect(await store().existing(scope, ["secret"], {})).toEqual([]);
      expect(await store().relationsOf(scope, ["secret"], { ends: "one", limit: 9 })).toEqual([]);
      for (const text of ["treasure", "treasur", "tresure", "secr"]) {
        const vector = { model: "m", values: Float32Array.of(1, 0) };
        const page = await store().search(scope, { text, limit: 9, vector });
        expect(page).toMatchObject({ items: [], corrected: {} });
      }
      expect((await store().summary(scope, {})).entities).toBe(0);
      expect((await store().history(scope, { limit: 9 })).items).toEqual([]);
      expect((await store().history(scope, { limit: 9, entity: "secret" })).items).toEqual([]);
      expect(await store().names(scope, "s", 9)).toEqual([]);
      expect(await collect(store().exportRecords(scope, {}))).toEqual([]);
      expect(await store().withoutVector(scope, "m", 9)).toEqual([]);
      await expect(
        store().walk(scope, { from: "secret", depth: 1, limit: 9, direction: "both" }),
      ).rejects.toMatchObject({ code: "unknown-entity" });
    }
  });

  test("changes nothing of other graphs by any write", async () => {
    await store().createEntities(work, [entity("a", "one"), entity("b")], ann);
    await store().createRelations(work, [relation("a", "knows", "b")], ann);
    const before = await collect(store().exportRecords(work, {}));
    for (const scope of others) {
      expect(await store().deleteEntities(scope, ["a"], ann)).toEqual([]);
      expect(await store().deleteRelations(scope, [relation("a", "knows", "b")], ann)).toBe(0);
      const gone = [{ entityName: "a", observations: ["one"] }];
      expect(await store().deleteObservations(scope, gone, ann)).toBe(0);
      await expect(
        store().updateEntities(scope, [{ name: "a", newName: "c" }], ann),
      ).rejects.toMatchObject({ code: "unknown-entity" });
      expect(await store().createEntities(scope, [entity("a", "mine")], ann)).toEqual(["a"]);
      expect(await store().deleteEntities(scope, ["a"], ann)).toEqual(["a"]);
    }
    expect(await collect(store().exportRecords(work, {}))).toEqual(before);
  });

  test("does not list a project that was only read", async () => {
    await store().listEntities(work, { limit: 1 });
    await store().deleteEntities(work, ["a"], ann);
    expect(await store().projects("ann")).toEqual([]);
  });
}
