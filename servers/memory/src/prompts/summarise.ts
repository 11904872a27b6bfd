import { type Context, prompt, text, userMessage } from "@portico/core";
import { completeType } from "../complete.ts";
import type { Deps } from "../deps.ts";
import type { EntityDetails, Summary } from "../graph/types.ts";
import type { OpenGraph } from "../open-graph.ts";
import { entitiesText } from "./entities-text.ts";
import { DATA_NOTE, forPrompt, projectArgument } from "./for-prompt.ts";

const MOST_ENTITIES = 40;
const MOST_RELATIONS = 200;

/** Asks for a summary of the graph, or of the entities of one type. */
export const summarise = prompt({
  name: "summarise",
  title: "Summarise",
  description: "A summary of what is remembered, or of all entities of one type.",
  arguments: {
    type: { description: "Only entities of this type", complete: completeType },
    project: projectArgument,
  },
  async run({ type, project }, ctx: Context<Deps>) {
    return forPrompt(ctx, project, async (graph) => {
      const { store, scope } = graph;
      const summary = await store.summary(scope, {});
      const entities = await mostTelling(graph, type?.trim() || undefined, summary);
      const shown = await entitiesText(graph, entities, { ends: "both", limit: MOST_RELATIONS });
      const subject = type ? `the entities of type ${JSON.stringify(type)}` : "what is remembered";
      const ask = `Summarise ${subject} in the project ${JSON.stringify(scope.project)}: the main themes, who and what matters most, how it hangs together. The graph has ${summary.entities} entities, ${summary.observations} observations and ${summary.relations} relations; here are ${entities.length} entities. Read more with search_nodes and open_nodes where you need it. ${DATA_NOTE}`;
      return [userMessage(text(ask)), userMessage(text(shown))];
    });
  },
});

/** Entities worth reading first: those found by their type, or the best connected and what changed last. */
async function mostTelling(
  { store, scope }: OpenGraph,
  type: string | undefined,
  { hubs, recent }: Summary,
): Promise<readonly EntityDetails[]> {
  if (type !== undefined) {
    const search = { text: type, entityTypes: [type], limit: MOST_ENTITIES };
    return (await store.search(scope, search)).items.map(({ entity }) => entity);
  }
  const names = new Set([...hubs, ...recent].map(([name]) => name));
  return store.openEntities(scope, [...names].slice(0, MOST_ENTITIES), {});
}
