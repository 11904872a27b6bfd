import { s } from "@portico/core";
import { ANSWER_BYTES, PORTION } from "../budget.ts";
import type { AsOf } from "../graph/types.ts";
import { asOf } from "../instant.ts";
import type { OpenGraph } from "../open-graph.ts";
import { plainDetails, plainRelation } from "../plain.ts";
import { answer } from "./shared/answer.ts";
import { Budget } from "./shared/budget.ts";
import { fill } from "./shared/fill.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { goOn, noSuchCursor } from "./shared/paging.ts";
import { at, cursor, graphOutput, limitOf, project } from "./shared/schemas.ts";
import { Shortener } from "./shared/shortener.ts";
import { unknownProject } from "./shared/unknown-project.ts";

const MOST = 5_000;

/** Reads everything, page by page where it is much. */
export const readGraph = graphTool({
  name: "read_graph",
  title: "Read Graph",
  description:
    "Read the whole graph in pages: entities first, then relations. Large ones cost much; see graph_summary before.",
  input: s.object({ limit: limitOf(MOST), cursor, at, project }),
  output: graphOutput,
  annotations: READS,
  async run({ limit = MOST, cursor, at, project }, graph) {
    const position = positionOf(cursor);
    const shortener = new Shortener();
    const page = await readPage(graph, position, { limit, shortener, ...asOf(at) });
    const { next, ...read } = page;
    const empty = read.entities.length + read.relations.length === 0;
    const unknown = empty ? await unknownProject(graph, project) : undefined;
    const data = { ...read, ...(next !== undefined && { next }) };
    return answer(read, data, shortener.note, unknown, goOn(next));
  },
});

/** Which part of the graph a page begins in, and after what. */
interface Position {
  readonly part: "entities" | "relations";
  readonly after?: string | undefined;
}

interface Reading extends AsOf {
  readonly limit: number;
  readonly shortener: Shortener;
}

async function readPage(
  { store, scope }: OpenGraph,
  { part, after }: Position,
  { limit, shortener, at }: Reading,
) {
  const budget = new Budget(ANSWER_BYTES);
  const entities =
    part === "relations"
      ? { items: [] }
      : await fill({
          list: (paging) => store.listEntities(scope, { ...paging, at }),
          show: plainDetails,
          shorten: shortener.shorten,
          limit,
          // What was is looked for in all that is and was, each time anew.
          ...(at !== undefined && { portion: PORTION }),
          after,
          budget,
        });
  if (entities.next !== undefined) {
    return { entities: entities.items, relations: [], next: cursorOf("entities", entities.next) };
  }
  const relations = await fill({
    list: (paging) => store.listRelations(scope, { ...paging, at }),
    show: plainRelation,
    limit: MOST,
    after: part === "relations" ? after : undefined,
    budget,
  });
  const next = relations.next === undefined ? {} : { next: cursorOf("relations", relations.next) };
  return { entities: entities.items, relations: relations.items, ...next };
}

function cursorOf(part: Position["part"], after: string): string {
  return `${part}:${after}`;
}

function positionOf(cursor: string | undefined): Position {
  if (cursor === undefined) return { part: "entities" };
  const [, part, after] = /^(entities|relations):(.+)$/s.exec(cursor) ?? [];
  if (part === undefined) throw noSuchCursor();
  return { part: part as Position["part"], after };
}
