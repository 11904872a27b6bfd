import { s, ToolError } from "@portico/core";
import { ANSWER_BYTES, ENTITY_BYTES } from "../budget.ts";
import type { Found, SearchPage } from "../graph/types.ts";
import { asOf } from "../instant.ts";
import { plainDetails, plainEntity } from "../plain.ts";
import { answer, named } from "./shared/answer.ts";
import { Budget } from "./shared/budget.ts";
import { fill } from "./shared/fill.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { relationsAround } from "./shared/relations.ts";
import { at, cursor, graphOutput, limitOf, project, texts } from "./shared/schemas.ts";
import { Shortener } from "./shared/shortener.ts";

const MOST = 200;
const INITIAL = 50;

/** Finds entities by words. */
export const searchNodes = graphTool({
  name: "search_nodes",
  title: "Search Nodes",
  description:
    "Find entities by the words of their names, types, observations and tags, best first. All words must occur; other forms of a word, beginnings and likely misspellings count. Returns the relations of what it finds, too.",
  input: s.object({
    query: s.string({ description: "Words" }),
    entityTypes: s.optional(texts),
    tags: s.optional(texts),
    brief: s.optional(
      s.boolean({ description: "Only the matching parts of observations", default: false }),
    ),
    limit: limitOf(MOST, INITIAL),
    cursor,
    at,
    project,
  }),
  output: graphOutput,
  annotations: READS,
  async run({ query, limit = INITIAL, cursor, at, brief, entityTypes, tags }, graph) {
    const text = query.trim();
    if (text === "") {
      throw new ToolError(
        "An empty query finds nothing: use graph_summary for an overview, or read_graph for everything.",
      );
    }
    const shortener = new Shortener();
    const budget = new Budget(ENTITY_BYTES);
    let corrected: SearchPage["corrected"] = {};
    const found = await fill({
      async list(paging) {
        const search = { text, entityTypes, tags, ...paging, ...asOf(at) };
        const page = await graph.store.search(graph.scope, search);
        corrected = page.corrected;
        return page;
      },
      show: brief ? inBrief : ({ entity }: Found) => plainDetails(entity),
      shorten: shortener.shorten,
      limit,
      after: cursor,
      budget,
    });
    const names = found.items.map(({ name }) => name);
    const rest = new Budget(ANSWER_BYTES - ENTITY_BYTES + budget.left);
    const { relations, note } = await relationsAround(graph, names, asOf(at), rest);
    const shown = { entities: found.items, relations };
    const more =
      found.next !== undefined && `More is found; go on with cursor: ${JSON.stringify(found.next)}`;
    return answer(
      shown,
      { ...shown, ...(found.next !== undefined && { next: found.next }) },
      correction(corrected),
      shortener.note,
      note,
      more || undefined,
    );
  },
});

/** An entity with the places where the words are in place of its observations. */
function inBrief({ entity, snippets }: Found) {
  return plainEntity(entity, snippets);
}

function correction(corrected: SearchPage["corrected"]): string | undefined {
  const sentences = Object.entries(corrected).map(([word, instead]) =>
    instead.length === 0
      ? `${JSON.stringify(word)} occurs nowhere.`
      : `${JSON.stringify(word)} occurs nowhere; searched for ${named(instead)}.`,
  );
  return sentences.length === 0 ? undefined : sentences.join(" ");
}
