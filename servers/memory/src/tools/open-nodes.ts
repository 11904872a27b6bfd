import { s } from "@portico/core";
import { ANSWER_BYTES, ENTITY_BYTES } from "../budget.ts";
import { asOf } from "../instant.ts";
import { type PlainEntity, plainDetails } from "../plain.ts";
import { answer, noteOn } from "./shared/answer.ts";
import { Budget } from "./shared/budget.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { relationsAround } from "./shared/relations.ts";
import { at, graphOutput, project, texts } from "./shared/schemas.ts";
import { Shortener } from "./shared/shortener.ts";

/** Reads entities whose names are known. */
export const openNodes = graphTool({
  name: "open_nodes",
  title: "Open Nodes",
  description: "Read entities by their exact names, with their relations.",
  input: s.object({ names: texts, at, project }),
  output: graphOutput,
  annotations: READS,
  async run({ names, at }, graph) {
    const all = await graph.store.openEntities(graph.scope, names, asOf(at));
    const shortener = new Shortener();
    const budget = new Budget(ENTITY_BYTES);
    const entities: PlainEntity[] = [];
    for (const one of all.map(plainDetails)) {
      if (budget.take(one)) entities.push(one);
      else if (entities.length === 0) entities.push(shortener.shorten(one, budget));
      else break;
    }
    const rest = new Budget(ANSWER_BYTES - ENTITY_BYTES + budget.left);
    const shownNames = entities.map(({ name }) => name);
    const { relations, note } = await relationsAround(graph, shownNames, asOf(at), rest);
    const existing = new Set(all.map(({ name }) => name));
    const missing = [...new Set(names)].filter((name) => !existing.has(name));
    const left = all.slice(entities.length).map(({ name }) => name);
    const shown = { entities, relations };
    return answer(
      shown,
      shown,
      noteOn("There is no", missing),
      shortener.note,
      note,
      noteOn("Did not fit, open them next", left),
    );
  },
});
