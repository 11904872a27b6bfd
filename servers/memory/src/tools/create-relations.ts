import { s } from "@portico/core";
import { distinctRelations } from "../graph/combine.ts";
import { plainRelation } from "../plain.ts";
import { answer, note } from "./shared/answer.ts";
import { ADDS, graphTool } from "./shared/graph-tool.ts";
import { project, relation } from "./shared/schemas.ts";

/** Creates relations between entities that exist. */
export const createRelations = graphTool({
  name: "create_relations",
  title: "Create Relations",
  description: "Create relations between existing entities, in active voice: Ann works_at Acme.",
  input: s.object({ relations: s.array(relation), project }),
  output: s.object({ relations: s.array(relation), note }),
  annotations: ADDS,
  async run({ relations }, { store, scope, author }) {
    const wanted = relations.map(plainRelation);
    const created = (await store.createRelations(scope, wanted, author)).map(plainRelation);
    const asked = distinctRelations(wanted).length;
    const known = asked - created.length;
    return answer(
      created,
      { relations: created },
      known > 0 ? `Existed already: ${known} of ${asked}.` : undefined,
    );
  },
});
