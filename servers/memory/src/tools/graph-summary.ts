import { s } from "@portico/core";
import { ANSWER_BYTES } from "../budget.ts";
import { asOf, isoOf } from "../instant.ts";
import { answer, note } from "./shared/answer.ts";
import { Budget } from "./shared/budget.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { at, project } from "./shared/schemas.ts";
import { unknownProject } from "./shared/unknown-project.ts";

/** Most entries of each list. */
const MOST = 20;

/** Most bytes of each of the 5 lists. */
const LIST_BYTES = ANSWER_BYTES / 5;

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
    const { entities, observations, relations } = summary;
    const lists = {
      entityTypes: counts(summary.entityTypes),
      relationTypes: counts(summary.relationTypes),
      tags: counts(summary.tags),
      hubs: counts(summary.hubs),
      recent: summary.recent
        .slice(0, MOST)
        .map(([name, changed]) => ({ name, at: isoOf(changed) })),
    };
    const shown = {
      project: graph.scope.project,
      entities,
      observations,
      relations,
      entityTypes: fitting(lists.entityTypes),
      relationTypes: fitting(lists.relationTypes),
      tags: fitting(lists.tags),
      hubs: fitting(lists.hubs),
      recent: fitting(lists.recent),
    };
    const short = LISTS.filter((list) => shown[list].length < lists[list].length);
    const unknown = entities === 0 ? await unknownProject(graph, project) : undefined;
    return answer(JSON.stringify(shown), shown, unknown, leftOut(short));
  },
});

const LISTS = ["entityTypes", "relationTypes", "tags", "hubs", "recent"] as const;

function counts(all: readonly (readonly [string, number])[]) {
  return all.slice(0, MOST).map(([name, count]) => ({ name, count }));
}

function fitting<T>(list: readonly T[]): T[] {
  return new Budget(LIST_BYTES).takeFirst(list);
}

function leftOut(lists: readonly string[]): string | undefined {
  return lists.length === 0
    ? undefined
    : `What is long is left out at the end of: ${lists.join(", ")}; read_graph has everything.`;
}
