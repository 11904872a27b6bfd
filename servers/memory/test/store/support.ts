import type { GraphStore } from "../../src/graph/store.ts";
import type { GraphRecord, NewEntity, Relation, Scope } from "../../src/graph/types.ts";

/** Opens an empty store; `close` also takes away what it was kept in. */
export type OpenStore = () => Promise<{ store: GraphStore; close: () => Promise<void> }>;

export const mine: Scope = { owner: "", project: "default" };
export const ann = { who: "ann", client: "desk 1.0" };
export const bob = { who: "bob", client: "phone 2.1" };

export function entity(name: string, ...observations: string[]): NewEntity {
  return { name, entityType: "thing", observations };
}

export function relation(from: string, relationType: string, to: string): Relation {
  return { from, to, relationType };
}

/** Entities of these names, each related to the next by `next`. */
export async function chain(store: GraphStore, ...names: string[]): Promise<void> {
  await store.createEntities(
    mine,
    names.map((name) => entity(name)),
    ann,
  );
  const pairs = names.slice(1).map((to, index) => relation(names[index] as string, "next", to));
  await store.createRelations(mine, pairs, ann);
}

/** A time after everything that was written so far, and before everything that will be. */
export async function moment(store: GraphStore, scope: Scope = mine): Promise<number> {
  const last = (await store.history(scope, { limit: 1 })).items[0]?.at ?? 0;
  const at = Math.max(last, await clockAfter(last));
  await clockAfter(at);
  return at;
}

async function clockAfter(time: number): Promise<number> {
  while (Date.now() <= time) await new Promise((resolve) => setImmediate(resolve));
  return Date.now();
}

/** Names and observations of everything, in order. */
export async function listed(store: GraphStore, at?: number): Promise<[string, string[]][]> {
  const page = await store.listEntities(mine, { limit: 1000, at });
  return page.items.map(({ name, facts }) => [name, facts.map(({ text }) => text)]);
}

/** All relations as `from relationType to`, in order. */
export async function related(store: GraphStore, at?: number): Promise<string[]> {
  const page = await store.listRelations(mine, { limit: 1000, at });
  return page.items.map(({ from, relationType, to }) => `${from} ${relationType} ${to}`);
}

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

export async function* records(...items: GraphRecord[]): AsyncIterable<GraphRecord> {
  yield* items;
}

/** Names of what a search finds, best first. */
export async function found(store: GraphStore, text: string, at?: number): Promise<string[]> {
  const page = await store.search(mine, { text, limit: 50, at });
  return page.items.map((item) => item.entity.name);
}
