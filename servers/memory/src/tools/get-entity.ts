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
    facts: s.array(s.object({ text: s.string(), at: s.string(), by })),
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
    const from = offsetOf(cursor, found);
    const facts = fitting(factsOf(found).slice(from));
    const end = from + facts.length;
    return { ...described(found), facts, ...(end < found.facts.length && { next: String(end) }) };
  },
});

/** As many facts as an answer holds; one in any case, however large: there is no other way to read it. */
function fitting<F>(facts: F[]): F[] {
  const budget = new Budget(ANSWER_BYTES);
  const over = facts.findIndex((one) => !budget.take(one));
  return over < 0 ? facts : facts.slice(0, Math.max(over, 1));
}

function offsetOf(cursor: string | undefined, { facts }: EntityDetails): number {
  if (cursor === undefined) return 0;
  const offset = /^\d{1,9}$/.test(cursor) ? Number(cursor) : Number.NaN;
  if (offset < facts.length) return offset;
  throw new ToolError("There is no such cursor; start again without one.");
}
