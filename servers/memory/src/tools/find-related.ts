import { s } from "@portico/core";
import { ANSWER_BYTES } from "../budget.ts";
import { asOf } from "../instant.ts";
import { plainRelation } from "../plain.ts";
import { answer, CROWDED, note } from "./shared/answer.ts";
import { Budget } from "./shared/budget.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { at, cut, limitOf, project, relation, texts } from "./shared/schemas.ts";

const DEEPEST = 6;
const MOST = 1_000;
const INITIAL = 100;

/** Walks along relations from one entity. */
export const findRelated = graphTool({
  name: "find_related",
  title: "Find Related",
  description:
    "Walk along relations from one entity: what is reached in how many steps, nearest first.",
  input: s.object({
    name: s.string(),
    depth: s.optional(s.integer({ minimum: 1, maximum: DEEPEST, default: 1 })),
    direction: s.optional(s.enum(["out", "in", "both"], { default: "both" })),
    relationTypes: s.optional(texts),
    limit: limitOf(MOST, INITIAL),
    at,
    project,
  }),
  output: s.object({
    entities: s.array(s.object({ name: s.string(), steps: s.integer() })),
    relations: s.array(relation),
    cut,
    note,
  }),
  annotations: READS,
  async run(args, { store, scope }) {
    const { name, depth = 1, direction = "both", relationTypes, limit = INITIAL, at } = args;
    const walk = { from: name, depth, direction, relationTypes, limit, ...asOf(at) };
    const reached = await store.walk(scope, walk);
    const budget = new Budget(ANSWER_BYTES);
    const entities = reached.entities
      .map(({ name, steps }) => ({ name, steps }))
      .filter((one) => budget.take(one));
    const relations = reached.relations.map(plainRelation).filter((one) => budget.take(one));
    const isWhole =
      !reached.more &&
      entities.length === reached.entities.length &&
      relations.length === reached.relations.length;
    const shown = { entities, relations, ...(reached.cut && { cut: true }) };
    return answer(
      JSON.stringify(shown),
      shown,
      isWhole ? undefined : "There is more; narrow it by relationTypes, direction or depth.",
      reached.cut
        ? `Some may be missing: ${CROWDED} Narrow it by relationTypes or direction.`
        : undefined,
    );
  },
});
