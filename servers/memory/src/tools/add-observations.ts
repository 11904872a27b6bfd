import { s } from "@portico/core";
import { answer, note } from "./shared/answer.ts";
import { ADDS, graphTool } from "./shared/graph-tool.ts";
import { project, texts } from "./shared/schemas.ts";

/** Adds facts to entities that exist. */
export const addObservations = graphTool({
  name: "add_observations",
  title: "Add Observations",
  description: "Add observations, one fact each, to existing entities.",
  input: s.object({
    observations: s.array(s.object({ entityName: s.string(), contents: texts })),
    project,
  }),
  output: s.object({
    results: s.array(s.object({ entityName: s.string(), addedObservations: texts })),
    note,
  }),
  annotations: ADDS,
  async run({ observations }, { store, scope, author }) {
    const results = await store.addObservations(scope, observations, author);
    const given = observations.reduce((sum, { contents }) => sum + contents.length, 0);
    const added = results.reduce((sum, one) => sum + one.addedObservations.length, 0);
    return answer(
      results,
      { results },
      added < given ? `Known already: ${given - added} of ${given}.` : undefined,
    );
  },
});
