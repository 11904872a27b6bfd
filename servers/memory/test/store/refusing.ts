import { expect, test } from "vitest";
import type { GraphErrorCode } from "../../src/graph/error.ts";
import { GraphError } from "../../src/graph/error.ts";
import type { TheStore } from "./suite.ts";
import { ann, entity, listed, mine, related, relation } from "./support.ts";

export function refusing(store: TheStore): void {
  test("refuses relations to unknown entities, naming all of them, and creates none", async () => {
    await store().createEntities(mine, [entity("a")], ann);
    const relations = [
      relation("a", "is", "a"),
      relation("a", "knows", "x"),
      relation("y", "is", "a"),
    ];
    const refusal = await refused(store().createRelations(mine, relations, ann), "unknown-entity");
    expect(refusal).toContain("x");
    expect(refusal).toContain("y");
    expect(await related(store())).toEqual([]);
  });

  test("refuses facts of unknown entities, and adds none", async () => {
    await store().createEntities(mine, [entity("a")], ann);
    const items = [
      { entityName: "a", contents: ["one"] },
      { entityName: "nobody", contents: ["two"] },
    ];
    expect(await refused(store().addObservations(mine, items, ann), "unknown-entity")).toContain(
      "nobody",
    );
    expect(await listed(store())).toEqual([["a", []]]);
  });

  test("refuses an update of an unknown entity or to a name that is taken, and changes none", async () => {
    await store().createEntities(mine, [entity("a"), entity("b")], ann);
    const unknown = [
      { name: "a", newName: "c" },
      { name: "nobody", entityType: "x" },
    ];
    await refused(store().updateEntities(mine, unknown, ann), "unknown-entity");
    const taken = [
      { name: "a", entityType: "x" },
      { name: "a", newName: "b" },
    ];
    expect(await refused(store().updateEntities(mine, taken, ann), "exists")).toContain("b");
    expect(await listed(store())).toEqual([
      ["a", []],
      ["b", []],
    ]);
    expect(await store().openEntities(mine, ["a"], {})).toMatchObject([{ entityType: "thing" }]);
  });

  test("refuses a merge of or into an unknown entity, or into itself", async () => {
    await store().createEntities(mine, [entity("a"), entity("b")], ann);
    await refused(store().mergeEntities(mine, "a", ["b", "nobody"], ann), "unknown-entity");
    await refused(store().mergeEntities(mine, "nobody", ["b"], ann), "unknown-entity");
    await refused(store().mergeEntities(mine, "a", ["b", "a"], ann), "invalid");
    expect(await listed(store())).toEqual([
      ["a", []],
      ["b", []],
    ]);
  });

  test.each([
    ["an empty name", entity(""), "invalid"],
    ["a name of spaces", entity("  \n"), "invalid"],
    ["a name of 1,001 characters", entity("n".repeat(1001)), "too-large"],
    ["a name with NUL", entity("a\0b"), "invalid"],
    ["a name with half a character", entity("a\ud800"), "invalid"],
    ["a fact with NUL", entity("a", "b\0"), "invalid"],
    ["a fact with half a character", entity("a", "\udc00b"), "invalid"],
    ["a fact beyond 4 MB", entity("a", "é".repeat(2_100_000)), "too-large"],
    ["a type with NUL", { ...entity("a"), entityType: "\0" }, "invalid"],
    ["an empty tag", { ...entity("a"), tags: [""] }, "invalid"],
    ["an importance above 1", { ...entity("a"), importance: 1.5 }, "invalid"],
    ["an importance that is no number", { ...entity("a"), importance: Number.NaN }, "invalid"],
  ] as const)("refuses %s and creates nothing of the call", async (_, bad, code) => {
    await refused(store().createEntities(mine, [entity("good"), bad], ann), code);
    expect(await listed(store())).toEqual([]);
  });

  test("refuses more entities than one call can take", async () => {
    const many = Array.from({ length: 10_001 }, (_, index) => entity(`e${index}`));
    await refused(store().createEntities(mine, many, ann), "too-large");
  });

  test("takes a name of 1,000 characters outside the basic plane", async () => {
    const name = "🦊".repeat(1000);
    expect(await store().createEntities(mine, [entity(name)], ann)).toEqual([name]);
  });

  test("does the other writes though one between them is refused", async () => {
    const results = await Promise.allSettled([
      store().createEntities(mine, [entity("a")], ann),
      store().createRelations(mine, [relation("a", "knows", "nobody")], ann),
      store().createEntities(mine, [entity("b")], ann),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect((await listed(store())).map(([name]) => name).sort()).toEqual(["a", "b"]);
  });

  test("refuses a cursor that no page gave", async () => {
    await refused(store().listEntities(mine, { limit: 1, after: "rubbish" }), "invalid");
    await refused(store().listRelations(mine, { limit: 1, after: "-1; drop" }), "invalid");
    await refused(store().history(mine, { limit: 1, after: "1e999" }), "invalid");
    await refused(store().search(mine, { text: "a", limit: 1, after: "?" }), "invalid");
  });
}

/** The one sentence a call was refused with. */
async function refused(call: Promise<unknown>, code: GraphErrorCode): Promise<string> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(GraphError);
  expect(error).toMatchObject({ code });
  expect((error as Error).message).toMatch(/^[^\n]+\.$/);
  return (error as Error).message;
}
