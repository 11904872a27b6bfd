import { s } from "@portico/core";
import { distinctRelations } from "../graph/combine.ts";
import { plainRelation } from "../plain.ts";
import { done, doneOutput, fewerEnded } from "./shared/answer.ts";
import { CHANGES, graphTool } from "./shared/graph-tool.ts";
import { project, relation } from "./shared/schemas.ts";

/** Ends relations. */
export const deleteRelations = graphTool({
  name: "delete_relations",
  title: "Delete Relations",
  description: "Delete relations; they stay in the history.",
  input: s.object({ relations: s.array(relation), project }),
  output: doneOutput,
  annotations: CHANGES,
  async run({ relations }, { store, scope, author }) {
    const wanted = relations.map(plainRelation);
    const ended = await store.deleteRelations(scope, wanted, author);
    return done(
      "Relations deleted successfully",
      fewerEnded(ended, distinctRelations(wanted).length),
    );
  },
});
