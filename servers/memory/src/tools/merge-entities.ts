import { s } from "@portico/core";
import { done, doneOutput, named } from "./shared/answer.ts";
import { CHANGES, graphTool } from "./shared/graph-tool.ts";
import { project } from "./shared/schemas.ts";

/** Makes one entity of several that mean the same. */
export const mergeEntities = graphTool({
  name: "merge_entities",
  title: "Merge Entities",
  description:
    "Make one entity of duplicates: observations, relations and tags move into one, the others are deleted.",
  input: s.object({
    into: s.string({ description: "Stays" }),
    from: s.array(s.string(), { minItems: 1, description: "Go" }),
    project,
  }),
  output: doneOutput,
  annotations: { ...CHANGES, idempotentHint: false },
  async run({ into, from }, { store, scope, author }) {
    await store.mergeEntities(scope, into, from, author);
    return done(`Merged ${named(from)} into ${JSON.stringify(into)}`);
  },
});
