import { s } from "@portico/core";
import { done, doneOutput, fewerEnded } from "./shared/answer.ts";
import { CHANGES, graphTool } from "./shared/graph-tool.ts";
import { project, texts } from "./shared/schemas.ts";

/** Ends facts. */
export const deleteObservations = graphTool({
  name: "delete_observations",
  title: "Delete Observations",
  description: "Delete observations, given word for word; they stay in the history.",
  input: s.object({
    deletions: s.array(s.object({ entityName: s.string(), observations: texts })),
    project,
  }),
  output: doneOutput,
  annotations: CHANGES,
  async run({ deletions }, { store, scope, author }) {
    const wanted = deletions.map(({ entityName, observations }) => ({ entityName, observations }));
    const ended = await store.deleteObservations(scope, wanted, author);
    const facts = wanted.flatMap(({ entityName, observations }) =>
      observations.map((fact) => JSON.stringify([entityName, fact])),
    );
    return done("Observations deleted successfully", fewerEnded(ended, new Set(facts).size));
  },
});
