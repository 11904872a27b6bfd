import { s } from "@portico/core";
import { asOf, isoOf } from "../instant.ts";
import { answer, note } from "./shared/answer.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { at, project } from "./shared/schemas.ts";
import { unknownProject } from "./shared/unknown-project.ts";

/** Most entries of each list. */
const MOST = 20;

const counted = s.array(s.object({ name: s.string(), count: s.integer() }));

/** Describes a graph in figures. */
export const graphSummary = graphTool({
  name: "graph_summary",
  title: "Graph Summary",
  description:
    "How much is remembered: counts, the most frequent types and tags, the best connected entities, what changed last.",
  input: s.object({ at, project }),
  output: s.object({
    project: s.string(),
    entities: s.integer(),
    observations: s.integer(),
    relations: s.integer(),
    entityTypes: counted,
    relationTypes: counted,
    tags: counted,
    hubs: counted,
    recent: s.array(s.object({ name: s.string(), at: s.string() })),
    note,
  }),
  annotations: READS,
  async run({ at, project }, graph) {
    const summary = await graph.store.summary(graph.scope, asOf(at));
    const { entities, observations, relations, recent } = summary;
    const shown = {
      project: graph.scope.project,
      entities,
      observations,
      relations,
      entityTypes: most(summary.entityTypes),
      relationTypes: most(summary.relationTypes),
      tags: most(summary.tags),
      hubs: most(summary.hubs),
      recent: recent.slice(0, MOST).map(([name, changed]) => ({ name, at: isoOf(changed) })),
    };
    const unknown = entities === 0 ? await unknownProject(graph, project) : undefined;
    return answer(JSON.stringify(shown), shown, unknown);
  },
});

function most(counts: readonly (readonly [string, number])[]) {
  return counts.slice(0, MOST).map(([name, count]) => ({ name, count }));
}
