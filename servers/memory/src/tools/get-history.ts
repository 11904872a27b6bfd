import { s } from "@portico/core";
import { ANSWER_BYTES } from "../budget.ts";
import { byline } from "../detailed.ts";
import type { ChangeRecord } from "../graph/types.ts";
import { isoOf } from "../instant.ts";
import { answer, note } from "./shared/answer.ts";
import { Budget } from "./shared/budget.ts";
import { fill } from "./shared/fill.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { goOn } from "./shared/paging.ts";
import { cursor, limitOf, next, project } from "./shared/schemas.ts";

const MOST = 500;
const INITIAL = 50;

/** Most characters of what a change was about: enough to know it again. */
const LONGEST_DETAIL = 300;

/** Tells what happened to an entity, or to all. */
export const getHistory = graphTool({
  name: "get_history",
  title: "Get History",
  description:
    "What was written, changed or deleted, when and by whom, last first: of one entity, or of all.",
  input: s.object({
    entity: s.optional(s.string({ description: "Name; all when absent" })),
    limit: limitOf(MOST, INITIAL),
    cursor,
    project,
  }),
  output: s.object({
    changes: s.array(
      s.object({
        id: s.integer(),
        at: s.string(),
        by: s.optional(s.string()),
        action: s.string(),
        entity: s.string(),
        detail: s.string(),
      }),
    ),
    next,
    note,
  }),
  annotations: READS,
  async run({ entity, limit = INITIAL, cursor }, { store, scope }) {
    const { items, next } = await fill({
      list: (paging) => store.history(scope, { ...paging, entity }),
      show,
      limit,
      after: cursor,
      budget: new Budget(ANSWER_BYTES),
    });
    const shown = { changes: items, ...(next !== undefined && { next }) };
    return answer(JSON.stringify(shown), shown, goOn(next));
  },
});

function show({ id, at, author, action, entity, detail }: ChangeRecord) {
  return { id, at: isoOf(at), ...byline(author), action, entity, detail: shortened(detail) };
}

function shortened(text: string): string {
  return text.length <= LONGEST_DETAIL
    ? text
    : `${text.slice(0, LONGEST_DETAIL).toWellFormed()}… (${text.length} characters)`;
}
