import { type Context, prompt, text, userMessage } from "@portico/core";
import { completeName } from "../complete.ts";
import type { Deps } from "../deps.ts";
import { entitiesText } from "./entities-text.ts";
import { DATA_NOTE, forPrompt, projectArgument } from "./for-prompt.ts";

/** Most entities that are put before the model; it can search for more itself. */
const MOST_ENTITIES = 15;
const MOST_RELATIONS = 100;

/** Puts what is remembered about a topic before the model. */
export const recall = prompt({
  name: "recall",
  title: "Recall",
  description: "What is remembered about a topic, as the beginning of a conversation.",
  arguments: {
    topic: {
      description: "A name, or words to search for",
      required: true,
      complete: completeName,
    },
    project: projectArgument,
  },
  async run({ topic, project }, ctx: Context<Deps>) {
    return forPrompt(ctx, project, async (graph) => {
      const { store, scope } = graph;
      const entities =
        topic.trim() === ""
          ? []
          : (await store.search(scope, { text: topic.trim(), limit: MOST_ENTITIES })).items.map(
              ({ entity }) => entity,
            );
      if (entities.length === 0) {
        return `Nothing is remembered about ${JSON.stringify(topic)}. Ask me what I know, and keep it with create_entities.`;
      }
      const shown = await entitiesText(graph, entities, { ends: "one", limit: MOST_RELATIONS });
      const ask = `Recall what you know about ${JSON.stringify(topic)}: tell me in a few sentences, say where facts contradict each other or look out of date, and use search_nodes or find_related where something is missing. ${DATA_NOTE}`;
      return [userMessage(text(ask)), userMessage(text(shown))];
    });
  },
});
