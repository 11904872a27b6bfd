import { s } from "@portico/core";
import type { Relation } from "../graph/types.ts";
import { asOf } from "../instant.ts";
import { plainRelation } from "../plain.ts";
import { answer, CROWDED, note } from "./shared/answer.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { at, cut, project, relation, texts } from "./shared/schemas.ts";

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
    at,
    project,
  }),
  output: s.object({ found: s.boolean(), relations: s.array(relation), cut, note }),
  annotations: READS,
  async run({ from, to, depth = INITIAL, relationTypes, at }, { store, scope }) {
    const wanted = { from, to, depth, relationTypes, ...asOf(at) };
    const { relations: path, cut } = await store.path(scope, wanted);
    const data = { found: path !== undefined, relations: (path ?? []).map(plainRelation) };
    if (!cut) return answer(path ? drawn(from, path) : none(depth), data);
    const missed = path ? "There may be a shorter chain" : "There may be a chain";
    return answer(
      path ? drawn(from, path) : NOT_SEEN,
      { ...data, cut },
      `${missed}: ${CROWDED} Narrow it by relationTypes, or by a smaller depth.`,
    );
  },
});

const NOT_SEEN = "No chain was found in what was searched, which is not all.";

function none(depth: number): string {
  return `There is no chain of up to ${depth} relations between them.`;
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
