import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { scratch } from "@portico/testing-servers";
import { beforeEach, expect, test } from "vitest";
import type { GraphRecord } from "../../src/graph/types.ts";
import { takeOver } from "../../src/transfer/take-over.ts";
import type { TheStore } from "./suite.ts";
import { ann, collect, entity, listed, mine, related, relation } from "./support.ts";

/** What a store does with a file of the official server that goes on being written. */
export function takingOver(store: TheStore): void {
  let file: string;
  beforeEach(() => {
    file = join(scratch(), "memory.jsonl");
  });

  async function takeLines(...lines: (object | string)[]) {
    const text = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
    await writeFile(file, text.join("\n"));
    return takeOver(store(), mine, file, { say: () => undefined });
  }
  const thing = (name: string, ...observations: string[]) => ({
    type: "entity",
    ...entity(name, ...observations),
  });
  const tie = (from: string, to: string) => ({ type: "relation", ...relation(from, "knows", to) });
  const exported = () => collect(store().exportRecords(mine, {}));

  test("adds what is new, and does not bring back what was deleted since", async () => {
    const note = '{"type":"note"}';
    await takeLines(thing("a", "one", "two"), thing("b", "three"), thing("c"), tie("a", "c"), note);
    await store().deleteObservations(mine, [{ entityName: "a", observations: ["one"] }], ann);
    await store().deleteEntities(mine, ["b"], ann);
    await store().deleteRelations(mine, [relation("a", "knows", "c")], ann);
    const again = await takeLines(
      thing("a", "one", "two", "new"),
      thing("b", "three"),
      thing("c"),
      thing("d"),
      tie("a", "c"),
      tie("a", "d"),
      note,
    );
    expect(again).toEqual({ entities: 1, observations: 1, relations: 1, known: 5, foreign: 0 });
    expect(await listed(store())).toEqual([
      ["a", ["two", "new"]],
      ["c", []],
      ["d", []],
    ]);
    expect(await related(store())).toEqual(["a knows d"]);
  });

  test("gives what is new of an entity that was deleted, and nothing else of it", async () => {
    await takeLines(thing("a", "one"));
    await store().deleteEntities(mine, ["a"], ann);
    await takeLines(thing("a", "one", "two"));
    expect(await listed(store())).toEqual([["a", ["two"]]]);
  });

  test("gives what is new to an entity as it is called now", async () => {
    await takeLines(thing("a", "one"), thing("b"), thing("c"), thing("d"), tie("a", "b"));
    await store().updateEntities(mine, [{ name: "a", newName: "x" }], ann);
    await store().updateEntities(mine, [{ name: "x", newName: "y", entityType: "robot" }], ann);
    await store().mergeEntities(mine, "c", ["b"], ann);
    await store().mergeEntities(mine, "d", ["c"], ann);
    await takeLines(
      thing("a", "one", "two"),
      thing("b", "three"),
      thing("c"),
      thing("d"),
      tie("a", "b"),
      tie("b", "a"),
    );
    expect(await listed(store())).toEqual([
      ["y", ["one", "two"]],
      ["d", ["three"]],
    ]);
    expect(await related(store())).toEqual(["y knows d", "d knows y"]);
    expect((await exported()).map(({ kind }) => kind)).toEqual([
      "entity",
      "entity",
      "relation",
      "relation",
    ]);
  });

  test("leaves what was changed here as it is, also where the official server drops its fields", async () => {
    const marked = { ...thing("a", "one"), tags: ["t"], importance: 0.9, mood: "fine" };
    await takeLines(marked, thing("b"), { ...tie("a", "b"), weight: 2 });
    const update = { name: "a", entityType: "robot", removeTags: ["t"], importance: 0.1 };
    await store().updateEntities(mine, [update], ann);
    const after: GraphRecord[] = [
      {
        kind: "entity",
        name: "a",
        entityType: "robot",
        observations: ["one", "two"],
        importance: 0.1,
        extra: { mood: "fine" },
      },
      { kind: "entity", ...entity("b") },
      { kind: "relation", ...relation("a", "knows", "b"), extra: { weight: 2 } },
    ];
    await takeLines({ ...marked, observations: ["one", "two"] }, thing("b"), tie("a", "b"));
    expect(await exported()).toEqual(after);
    await takeLines(thing("a", "one", "two"), thing("b"), tie("a", "b"));
    expect(await exported()).toEqual(after);
  });

  test("deletes nothing that vanishes from the file, and does not bring back what returns to it", async () => {
    await takeLines(thing("a", "one"), thing("b"), thing("c"));
    await takeLines(thing("c"));
    expect(await listed(store())).toEqual([
      ["a", ["one"]],
      ["b", []],
      ["c", []],
    ]);
    await store().deleteEntities(mine, ["a"], ann);
    await takeLines(thing("a", "one"), thing("b"), thing("c"));
    expect((await listed(store())).map(([name]) => name)).toEqual(["b", "c"]);
  });

  test("takes an entity for a new one that only has the name of one renamed before", async () => {
    await store().createEntities(mine, [entity("a", "one")], ann);
    await store().updateEntities(mine, [{ name: "a", newName: "b" }], ann);
    await takeLines(thing("a", "two"), thing("c"), tie("a", "c"));
    expect(await listed(store())).toEqual([
      ["b", ["one"]],
      ["a", ["two"]],
      ["c", []],
    ]);
    expect(await related(store())).toEqual(["a knows c"]);
  });

  test("takes over what is left after an import that was cut off", async () => {
    const names = Array.from({ length: 1_700 }, (_, at) => `e${at}`);
    const cut = new Proxy(store(), {
      get(target, key) {
        const method = Reflect.get(target, key) as (...given: unknown[]) => unknown;
        if (key !== "keepStatements") return method.bind(target);
        return () => Promise.reject(new Error("cut off"));
      },
    });
    await writeFile(file, names.map((name) => JSON.stringify(thing(name, "one"))).join("\n"));
    const say = () => undefined;
    await expect(takeOver(cut, mine, file, { say })).rejects.toThrow("cut off");
    const counts = { entities: 700, observations: 700, known: 1_000 };
    expect(await takeOver(store(), mine, file, { say })).toMatchObject(counts);
  });
}
