import { type Completer, type Context, rank } from "@portico/core";
import type { Deps } from "./deps.ts";
import { type OpenGraph, openGraph } from "./open-graph.ts";
import { forClient } from "./told.ts";

/** As many as one answer may have. */
const MOST = 100;

/** What a client has filled in besides, of which the project matters. */
type Others = Readonly<Record<string, string>>;

/** Completes the name of an entity. */
export const completeName: Completer<Deps> = inGraph(({ store, scope }, typed) =>
  store.names(scope, typed, MOST),
);

/** Completes the type of an entity. */
export const completeType: Completer<Deps> = inGraph(async ({ store, scope }, typed) => {
  const { entityTypes } = await store.summary(scope, {});
  return rank(
    entityTypes.map(([type]) => type),
    typed,
  );
});

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
