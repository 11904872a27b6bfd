import { type Completer, type Context, rank } from "@portico/core";
import type { Deps } from "./deps.ts";
import type { GraphStore } from "./graph/store.ts";
import { type OpenGraph, openGraph } from "./open-graph.ts";
import { forClient } from "./told.ts";

/** One more than an answer may have, so that it says when there are more. */
const MOST = 101;

/** What a client has filled in besides, of which the project matters. */
type Others = Readonly<Record<string, string>>;

/** Completes the name of an entity. */
export const completeName: Completer<Deps> = inGraph(({ store, scope }, typed) =>
  store.names(scope, typed, MOST),
);

/** Completes the type of an entity, from the most frequent ones. */
export const completeType: Completer<Deps> = inGraph(async (graph, typed) =>
  rank(await frequentTypes(graph), typed),
);

/** Completes the name of one of the caller's projects. */
export const completeProject: Completer<Deps> = async (typed, ctx) => {
  const { store, scope } = await openForClient(ctx);
  return rank(await store.projects(scope.owner), typed);
};

function inGraph(
  find: (graph: OpenGraph, typed: string) => Promise<string[]>,
): (typed: string, ctx: Context<Deps>, others: Others) => Promise<string[]> {
  return async (typed, ctx, { project }) => find(await openForClient(ctx, project), typed);
}

async function openForClient(ctx: Context<Deps>, project?: string): Promise<OpenGraph> {
  try {
    return await openGraph(ctx, project || undefined);
  } catch (error) {
    throw forClient(error);
  }
}

interface Remembered {
  readonly types: Promise<readonly string[]>;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** How long the types of a graph are remembered, in milliseconds: a summary reads all of it, and keys come fast. */
const MEMORY_MS = 30_000;

const remembered = new WeakMap<GraphStore, Map<string, Remembered>>();

/** The most frequent types of a graph, as they were at most half a minute ago. */
function frequentTypes({ store, scope }: OpenGraph): Promise<readonly string[]> {
  const known = remembered.get(store) ?? new Map<string, Remembered>();
  remembered.set(store, known);
  const now = Date.now();
  for (const [key, { until }] of known) if (until <= now) known.delete(key);
  const key = JSON.stringify([scope.owner, scope.project]);
  const types =
    known.get(key)?.types ??
    store.summary(scope, {}).then(({ entityTypes }) => entityTypes.map(([type]) => type));
  if (!known.has(key)) known.set(key, { types, until: now + MEMORY_MS });
  types.catch(() => known.delete(key));
  return types;
}
