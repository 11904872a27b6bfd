import { s, ToolError } from "@portico/core";
import { ANSWER_BYTES } from "../budget.ts";
import { described, factsOf } from "../detailed.ts";
import type { EntityDetails } from "../graph/types.ts";
import { asOf } from "../instant.ts";
import { Budget } from "./shared/budget.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { at, cursor, next, project, texts } from "./shared/schemas.ts";

const by = s.optional(s.string());

/** Reads one entity with where each fact comes from. */
export const getEntity = graphTool({
  name: "get_entity",
  title: "Get Entity",
  description:
    "Read one entity in full: tags, importance, times, and for each fact when and by whom it was written.",
  input: s.object({ name: s.string(), cursor, at, project }),
  output: s.object({
    name: s.string(),
    entityType: s.string(),
    tags: texts,
    importance: s.number(),
    createdAt: s.string(),
    updatedAt: s.string(),
    by,
    facts: s.array(
      s.object({ text: s.string(), part: s.optional(s.string()), at: s.string(), by }),
    ),
    next,
  }),
  annotations: READS,
  async run({ name, cursor, at }, { store, scope }) {
    const [found] = await store.openEntities(scope, [name], asOf(at));
    if (!found) {
      throw new ToolError(
        `There is no entity ${JSON.stringify(name)}${at === undefined ? "" : ` at ${at}`}; search_nodes finds names.`,
      );
    }
    return { ...described(found), ...pageOf(factsOf(found), placeOf(cursor, found)) };
  },
});

type Shown = ReturnType<typeof factsOf>[number];

/** Where a page begins: at a character of a fact. */
interface Place {
  readonly fact: number;
  readonly character: number;
}

/** As many facts as an answer holds, or a part of one that is larger than that. */
function pageOf(all: readonly Shown[], { fact, character }: Place) {
  const budget = new Budget(ANSWER_BYTES);
  const [first, ...others] = all.slice(fact);
  if (first === undefined) return { facts: [] };
  const text = first.text.slice(character);
  if (character > 0 || !budget.take(first)) {
    const part = partOf(text);
    const end = character + part.length;
    const shown = {
      ...first,
      text: part,
      part: `${character + 1}-${end} of ${first.text.length} characters`,
    };
    const next = end < first.text.length ? `${fact}.${end}` : nextFact(fact + 1, all);
    return { facts: [shown], ...(next !== undefined && { next }) };
  }
  const over = others.findIndex((one) => !budget.take(one));
  const facts = [first, ...(over < 0 ? others : others.slice(0, over))];
  const next = nextFact(fact + facts.length, all);
  return { facts, ...(next !== undefined && { next }) };
}

function nextFact(fact: number, { length }: readonly Shown[]): string | undefined {
  return fact < length ? String(fact) : undefined;
}

/** As much of the beginning of a text as an answer holds, and no half of a character. */
function partOf(text: string): string {
  const budget = new Budget(ANSWER_BYTES);
  let part = text;
  for (let length = ANSWER_BYTES; !budget.take(part); length = Math.floor(length / 2)) {
    const isSplit = /[\ud800-\udbff]/.test(text.charAt(length - 1));
    part = text.slice(0, isSplit ? length - 1 : length);
  }
  return part;
}

function placeOf(cursor: string | undefined, { facts }: EntityDetails): Place {
  if (cursor === undefined) return { fact: 0, character: 0 };
  const [, fact, character = "0"] = /^(\d{1,9})(?:\.(\d{1,9}))?$/.exec(cursor) ?? [];
  const place = { fact: Number(fact), character: Number(character) };
  const length = facts[place.fact]?.text.length ?? -1;
  if (place.character < length || (place.character === 0 && length === 0)) return place;
  throw new ToolError("There is no such cursor; start again without one.");
}
