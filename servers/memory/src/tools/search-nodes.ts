import { s, ToolError, type ToolValue } from "@portico/core";
import { ANSWER_BYTES, ENTITY_BYTES } from "../budget.ts";
import type { Deps } from "../deps.ts";
import type { AsOf, Found, Meaning, SearchPage } from "../graph/types.ts";
import { asOf } from "../instant.ts";
import type { OpenGraph } from "../open-graph.ts";
import { plainDetails, plainEntity } from "../plain.ts";
import { answer, named } from "./shared/answer.ts";
import { Budget } from "./shared/budget.ts";
import { fill } from "./shared/fill.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { relationsAround } from "./shared/relations.ts";
import { at, cursor, graphOutput, limitOf, project, texts } from "./shared/schemas.ts";
import { Shortener } from "./shared/shortener.ts";
import { unknownProject } from "./shared/unknown-project.ts";

const MOST = 200;
const INITIAL = 50;

const EMPTY_QUERY =
  "An empty query finds nothing: use graph_summary for an overview, or read_graph for everything.";

const BY_WORDS_ONLY = "The embeddings endpoint does not answer; this was found by words alone.";

const MORE_MATCH =
  "These are the best; more may match. Narrow it by more words, entityTypes or tags.";

/** Finds entities by words. */
export const searchNodes: ToolValue<Deps> = searchTool(
  "Find entities by the words of their names, types, observations and tags, best first. All words must occur; other forms of a word, beginnings and likely misspellings count. Returns the relations of what it finds, too.",
);

/** Finds entities by words and by what they mean, where the operator has a service for it. */
export const searchNodesByMeaning: ToolValue<Deps> = searchTool(
  "Find entities by what they mean and by the words of their names, types, observations and tags, best first. The last ones may have little to do with the query. Returns the relations of what it finds, too.",
);

function searchTool(description: string): ToolValue<Deps> {
  return graphTool({
    name: "search_nodes",
    title: "Search Nodes",
    description,
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
    async run({ at, project, query, ...args }, graph, ctx) {
      const text = query.trim();
      if (text === "") throw new ToolError(EMPTY_QUERY);
      const shortener = new Shortener();
      const budget = new Budget(ENTITY_BYTES);
      // What things mean is kept of the present only.
      const meanings = at === undefined ? ctx.deps.meanings : undefined;
      const vector = await meanings?.of(text, graph.scope, ctx.signal);
      const found = await search(graph, { text, ...args, ...asOf(at), vector }, shortener, budget);
      const names = found.entities.map(({ name }) => name);
      const rest = new Budget(ANSWER_BYTES - ENTITY_BYTES + budget.left);
      const { relations, note } = await relationsAround(graph, names, asOf(at), rest);
      const shown = { entities: found.entities, relations };
      const { next } = found;
      return answer(
        shown,
        { ...shown, ...(next !== undefined && { next }) },
        correction(found.corrected),
        meanings && !vector ? BY_WORDS_ONLY : undefined,
        names.length === 0 ? await unknownProject(graph, project) : undefined,
        shortener.note,
        note,
        next === undefined
          ? undefined
          : `More is found; go on with cursor: ${JSON.stringify(next)}`,
        found.cut && next === undefined ? MORE_MATCH : undefined,
      );
    },
  });
}

interface Wanted extends AsOf {
  readonly text: string;
  readonly entityTypes?: readonly string[];
  readonly tags?: readonly string[];
  readonly brief?: boolean;
  readonly limit?: number;
  readonly cursor?: string;
  readonly vector?: Meaning | undefined;
}

async function search(
  { store, scope }: OpenGraph,
  { text, entityTypes, tags, at, brief, limit = INITIAL, cursor, vector }: Wanted,
  { shorten }: Shortener,
  budget: Budget,
) {
  let last: Pick<SearchPage, "corrected" | "cut"> = { corrected: {}, cut: false };
  const { items, next } = await fill({
    async list(paging) {
      const page = await store.search(scope, { text, entityTypes, tags, at, vector, ...paging });
      last = page;
      return page;
    },
    show: brief ? inBrief : ({ entity }: Found) => plainDetails(entity),
    shorten,
    limit,
    portion: limit,
    after: cursor,
    budget,
  });
  return { entities: items, next, corrected: last.corrected, cut: last.cut };
}

/** An entity with the places where the words are in place of its observations. */
function inBrief({ entity, snippets }: Found) {
  return plainEntity(entity, snippets);
}

function correction(corrected: SearchPage["corrected"]): string | undefined {
  const sentences = Object.entries(corrected).map(([word, instead]) =>
    instead.length === 0
      ? `${named([word])} occurs nowhere.`
      : `${named([word])} occurs nowhere; searched for ${named(instead)}.`,
  );
  return sentences.length === 0 ? undefined : sentences.join(" ");
}
