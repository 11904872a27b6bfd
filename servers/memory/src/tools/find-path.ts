import { s } from "@portico/core";
import type { Relation } from "../graph/types.ts";
import { asOf } from "../instant.ts";
import { plainRelation } from "../plain.ts";
import { answer } from "./shared/answer.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { at, project, relation } from "./shared/schemas.ts";

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
    at,
    project,
  }),
  output: s.object({ found: s.boolean(), relations: s.array(relation) }),
  annotations: READS,
  async run({ from, to, depth = INITIAL, at }, { store, scope }) {
    const path = await store.path(scope, { from, to, depth, ...asOf(at) });
    if (!path) {
      const sentence = `There is no chain of up to ${depth} relations between them.`;
      return answer(sentence, { found: false, relations: [] });
    }
    return answer(drawn(from, path), { found: true, relations: path.map(plainRelation) });
  },
});

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
