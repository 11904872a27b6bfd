import { s } from "@portico/core";
import { ANSWER_BYTES, ENTITY_BYTES } from "../budget.ts";
import { cursorNumber, pageOf } from "../graph/cursor.ts";
import type { AsOf, EntityDetails, PageOf, Paging } from "../graph/types.ts";
import { asOf } from "../instant.ts";
import type { OpenGraph } from "../open-graph.ts";
import { plainDetails } from "../plain.ts";
import { answer, noteOn } from "./shared/answer.ts";
import { Budget } from "./shared/budget.ts";
import { fill } from "./shared/fill.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { goOn } from "./shared/paging.ts";
import { relationsAround } from "./shared/relations.ts";
import { at, cursor, graphOutput, project, texts } from "./shared/schemas.ts";
import { Shortener } from "./shared/shortener.ts";

const MOST = 5_000;

/** Reads entities whose names are known. */
export const openNodes = graphTool({
  name: "open_nodes",
  title: "Open Nodes",
  description: "Read entities by their exact names, with their relations.",
  input: s.object({ names: texts, cursor, at, project }),
  output: graphOutput,
  annotations: READS,
  async run({ names, cursor, at }, graph) {
    const known = await graph.store.existing(graph.scope, names, asOf(at));
    const shortener = new Shortener();
    const budget = new Budget(ENTITY_BYTES);
    const { items: entities, next } = await fill({
      list: (paging) => open(graph, known, { ...paging, ...asOf(at) }),
      show: plainDetails,
      shorten: shortener.shorten,
      limit: MOST,
      after: cursor,
      budget,
    });
    const rest = new Budget(ANSWER_BYTES - ENTITY_BYTES + budget.left);
    const shownNames = entities.map(({ name }) => name);
    const { relations, note } = await relationsAround(graph, shownNames, asOf(at), rest);
    const shown = { entities, relations };
    return answer(
      shown,
      { ...shown, ...(next !== undefined && { next }) },
      cursor === undefined ? noteOn("There is no", missing(names, known)) : undefined,
      shortener.note,
      note,
      goOn(next),
    );
  },
});

/** Entities that bear names, as `existing` tells them. */
type Known = Awaited<ReturnType<OpenGraph["store"]["existing"]>>;

/** A page of the entities that exist. */
async function open(
  { store, scope }: OpenGraph,
  known: Known,
  { limit, after, at }: Paging & AsOf,
): Promise<PageOf<EntityDetails>> {
  const start = cursorNumber(after, 0);
  const wanted = known.filter(({ created }) => created > start).slice(0, limit + 1);
  const { items: names, next } = pageOf(
    wanted,
    limit,
    ({ name }) => name,
    ({ created }) => created,
  );
  return { items: await store.openEntities(scope, names, { at }), next };
}

function missing(names: readonly string[], known: Known): string[] {
  const existing = new Set(known.map(({ name }) => name));
  return [...new Set(names)].filter((name) => !existing.has(name));
}
