import fc from "fast-check";
import { expect, test } from "vitest";
import { GraphError } from "../../src/graph/error.ts";
import type { GraphStore } from "../../src/graph/store.ts";
import { GraphModel } from "./model.ts";
import { ann, listed, mine, moment, type OpenStore, related, relation } from "./support.ts";

type Command =
  | { readonly do: "create" | "add"; readonly name: string; readonly facts: readonly string[] }
  | { readonly do: "forget"; readonly name: string; readonly fact: string }
  | { readonly do: "remove" | "restore"; readonly name: string }
  | { readonly do: "rename" | "merge"; readonly name: string; readonly other: string }
  | {
      readonly do: "relate" | "unrelate";
      readonly name: string;
      readonly other: string;
      readonly type: string;
    }
  | { readonly do: "remember" };

const name = fc.constantFrom("a", "b", "c", "__proto__");
const fact = fc.constantFrom("one", "two", "three hikes", "constructor");
const type = fc.constantFrom("knows", "likes");
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 3, arbitrary: record("create", { name, facts: fc.array(fact, { maxLength: 3 }) }) },
  { weight: 2, arbitrary: record("add", { name, facts: fc.array(fact, { maxLength: 3 }) }) },
  { weight: 3, arbitrary: record("relate", { name, other: name, type }) },
  { weight: 1, arbitrary: record("unrelate", { name, other: name, type }) },
  { weight: 1, arbitrary: record("forget", { name, fact }) },
  { weight: 2, arbitrary: record("remove", { name }) },
  { weight: 2, arbitrary: record("restore", { name }) },
  { weight: 1, arbitrary: record("rename", { name, other: name }) },
  { weight: 1, arbitrary: record("merge", { name, other: name }) },
  { weight: 1, arbitrary: fc.constant({ do: "remember" } as const) },
);

/** Random commands do to a store what they do to the model, and past times stay as they were. */
export function likeModel(open: OpenStore): void {
  test("leave the graph, now and as it was, as the model has it", {
    timeout: 120_000,
  }, async () => {
    const { store, close } = await open();
    let run = 0;
    try {
      const commands = fc.array(command, { minLength: 5, maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(commands, (all) => compare(store, `run ${++run}`, all)),
        { seed: 5, numRuns: 60 },
      );
    } finally {
      await close();
    }
  });
}

async function compare(store: GraphStore, project: string, commands: readonly Command[]) {
  const here = inProject(store, project);
  const model = new GraphModel();
  const past: { at: number; entities: unknown; relations: string[] }[] = [];
  for (const command of commands) {
    if (command.do === "remember") {
      const at = await moment(store, { owner: "", project });
      past.push({ at, entities: model.entities(), relations: model.relations() });
    } else {
      await unlessRefused(doIt(here, command));
      tell(model, command);
    }
  }
  expect(await listed(here)).toEqual(model.entities());
  expect((await related(here)).sort()).toEqual(model.relations());
  for (const { at, entities, relations } of past) {
    expect(await listed(here, at)).toEqual(entities);
    expect((await related(here, at)).sort()).toEqual(relations);
  }
  const counted = await store.summary({ owner: "", project }, {});
  expect(counted.relations).toBe(model.relations().length);
  const hikers = model.entities().filter(([, facts]) => facts.includes("three hikes"));
  const page = await store.search({ owner: "", project }, { text: "hiking", limit: 9 });
  expect(page.items.map((item) => item.entity.name).sort()).toEqual(
    hikers.map(([name]) => name).sort(),
  );
}

function doIt(store: GraphStore, command: Exclude<Command, { do: "remember" }>): Promise<unknown> {
  const { name } = command;
  switch (command.do) {
    case "create":
      return store.createEntities(
        mine,
        [{ name, entityType: "thing", observations: command.facts }],
        ann,
      );
    case "add":
      return store.addObservations(mine, [{ entityName: name, contents: command.facts }], ann);
    case "forget":
      return store.deleteObservations(
        mine,
        [{ entityName: name, observations: [command.fact] }],
        ann,
      );
    case "remove":
      return store.deleteEntities(mine, [name], ann);
    case "restore":
      return store.restoreEntities(mine, [name], ann);
    case "rename":
      return store.updateEntities(mine, [{ name, newName: command.other }], ann);
    case "merge":
      return store.mergeEntities(mine, name, [command.other], ann);
    case "relate":
      return store.createRelations(mine, [relation(name, command.type, command.other)], ann);
    case "unrelate":
      return store.deleteRelations(mine, [relation(name, command.type, command.other)], ann);
  }
}

function tell(model: GraphModel, command: Exclude<Command, { do: "remember" }>): void {
  const { name } = command;
  switch (command.do) {
    case "create":
      return model.create(name, command.facts);
    case "add":
      return model.add(name, command.facts);
    case "forget":
      return model.forget(name, command.fact);
    case "remove":
      return model.remove(name);
    case "restore":
      return model.restore(name);
    case "rename":
      return model.rename(name, command.other);
    case "merge":
      return model.merge(name, command.other);
    case "relate":
      return model.relate(relation(name, command.type, command.other));
    case "unrelate":
      return model.unrelate(relation(name, command.type, command.other));
  }
}

/** The store with each call led to another project, so that the runs of one test do not meet. */
function inProject(store: GraphStore, project: string): GraphStore {
  return new Proxy(store, {
    get(target, key) {
      const method = Reflect.get(target, key) as (...given: unknown[]) => unknown;
      return (_: unknown, ...given: unknown[]) =>
        method.call(target, { owner: "", project }, ...given);
    },
  });
}

async function unlessRefused(call: Promise<unknown>): Promise<void> {
  await call.catch((error: unknown) => {
    if (!(error instanceof GraphError)) throw error;
  });
}

function record<const D extends Command["do"], T extends object>(
  what: D,
  fields: { [K in keyof T]: fc.Arbitrary<T[K]> },
): fc.Arbitrary<{ do: D } & T> {
  return fc.record(fields).map((values) => ({ do: what, ...(values as unknown as T) }));
}
