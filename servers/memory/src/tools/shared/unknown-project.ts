import type { OpenGraph } from "../../open-graph.ts";
import { noteOn } from "./answer.ts";

/**
 * What to say of an answer with nothing in it when the caller named the project: a misspelt project looks like an empty
 * one. Nothing when the project exists, or was not named.
 */
export async function unknownProject(
  { store, scope }: OpenGraph,
  project: string | undefined,
): Promise<string | undefined> {
  if (project === undefined) return undefined;
  const known = await store.projects(scope.owner);
  if (known.includes(scope.project)) return undefined;
  const others = noteOn("There are", known) ?? "There are none yet.";
  return `Nothing is stored in the project ${JSON.stringify(scope.project)}. ${others}`;
}
