import { type Context, JSON_RPC, prompt, RpcError, text, userMessage } from "@portico/core";
import { completeName } from "../complete.ts";
import type { Deps } from "../deps.ts";
import type { EntityDetails } from "../graph/types.ts";
import type { OpenGraph } from "../open-graph.ts";
import { entitiesText } from "./entities-text.ts";
import { DATA_NOTE, forPrompt, projectArgument } from "./for-prompt.ts";

const MOST_ENTITIES = 40;
const MOST_RELATIONS = 200;

/** Asks for a review of an entity, or of what changed last: duplicates, contradictions, what is out of date. */
export const review = prompt({
  name: "review",
  title: "Review",
  description:
    "Find duplicates, contradictions and outdated facts, of one entity and what is like it or of what changed last.",
  arguments: {
    name: {
      description: "Entity to review; what changed last when absent",
      complete: completeName,
    },
    project: projectArgument,
  },
  async run({ name, project }, ctx: Context<Deps>) {
    return forPrompt(ctx, project, async (graph) => {
      const entities = name ? await like(graph, name) : await latest(graph);
      const shown = await entitiesText(graph, entities, { ends: "one", limit: MOST_RELATIONS });
      const ask = `Review ${name ? JSON.stringify(name) : "what was remembered last"}: which entities mean the same, which facts contradict each other, are out of date, vague or written twice? Propose each change with its reason: merge_entities, update_entities, delete_observations, add_observations. Change nothing before I agree. ${DATA_NOTE}`;
      return [userMessage(text(ask)), userMessage(text(shown))];
    });
  },
});

/** An entity and those its name finds, which may be the same by another name. */
async function like({ store, scope }: OpenGraph, name: string): Promise<EntityDetails[]> {
  const [wanted] = await store.openEntities(scope, [name], {});
  if (!wanted) {
    throw new RpcError(JSON_RPC.invalidParams, `There is no entity ${JSON.stringify(name)}.`);
  }
  const { items } = await store.search(scope, { text: name, limit: MOST_ENTITIES });
  const others = items.map(({ entity }) => entity).filter((one) => one.name !== wanted.name);
  return [wanted, ...others];
}

async function latest({ store, scope }: OpenGraph): Promise<EntityDetails[]> {
  const { recent } = await store.summary(scope, {});
  const names = recent.slice(0, MOST_ENTITIES).map(([name]) => name);
  return store.openEntities(scope, names, {});
}
