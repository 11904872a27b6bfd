import { s } from "@portico/core";
import { ANSWER_BYTES } from "../budget.ts";
import { cursorNumber } from "../graph/cursor.ts";
import type { Relation } from "../graph/types.ts";
import { asOf } from "../instant.ts";
import { plainRelation } from "../plain.ts";
import { answer, CROWDED, note } from "./shared/answer.ts";
import { Budget } from "./shared/budget.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { goOn, noSuchCursor } from "./shared/paging.ts";
import { at, cursor, cut, next, project, relation, texts } from "./shared/schemas.ts";

const DEEPEST = 12;
const INITIAL = 6;

/** Finds how two entities hang together. */
export const findPath = graphTool({
  name: "find_path",
  title: "Find Path",
  description: "Find the shortest chain of relations, in either direction, between two entities.",
  input: s.object({
    from: s.string(),
    to: s.string(),
    depth: s.optional(s.integer({ minimum: 1, maximum: DEEPEST, default: INITIAL })),
    relationTypes: s.optional(texts),
    cursor,
    at,
    project,
  }),
  output: s.object({ found: s.boolean(), relations: s.array(relation), cut, next, note }),
  annotations: READS,
  async run({ from, to, depth = INITIAL, relationTypes, cursor, at }, { store, scope }) {
    const wanted = { from, to, depth, relationTypes, ...asOf(at) };
    const { relations: path, cut } = await store.path(scope, wanted);
    if (!path) {
      const data = { found: false, relations: [] };
      return cut
        ? answer(NOT_SEEN, { ...data, cut }, missed("a chain"))
        : answer(`There is no chain of up to ${depth} relations between them.`, data);
    }
    const page = pageOf(from, path, cursorNumber(cursor, 0));
    const { relations, next } = page;
    const data = {
      found: true,
      relations,
      ...(cut && { cut }),
      ...(next !== undefined && { next }),
    };
    return answer(page.drawn, data, cut ? missed("a shorter chain") : undefined, goOn(next));
  },
});

const NOT_SEEN = "No chain was found in what was searched, which is not all.";

function missed(what: string): string {
  return `There may be ${what}: ${CROWDED} Narrow it by relationTypes, or by a smaller depth.`;
}

/** As much of a chain as an answer holds, as data and as one reads it. */
function pageOf(start: string, path: readonly Relation[], position: number) {
  const names = [start];
  for (const { from, to } of path) names.push(from === names.at(-1) ? to : from);
  const first = names[position];
  if (first === undefined) throw noSuchCursor();
  const budget = new Budget(ANSWER_BYTES);
  const relations = budget.takeFirst(path.slice(position).map(plainRelation));
  const end = position + relations.length;
  return {
    relations,
    drawn: drawn(first, relations),
    next: end < path.length ? String(end) : undefined,
  };
}

/** The chain as one reads it: `Ann -[works_at]-> Acme <-[owns]- Bob`. */
function drawn(start: string, path: readonly Relation[]): string {
  let here = start;
  const steps = path.map(({ from, to, relationType }) => {
    const forward = from === here;
    here = forward ? to : from;
    return forward ? ` -[${relationType}]-> ${to}` : ` <-[${relationType}]- ${from}`;
  });
  return start + steps.join("");
}
