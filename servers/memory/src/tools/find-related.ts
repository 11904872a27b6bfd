import { s } from "@portico/core";
import { ANSWER_BYTES } from "../budget.ts";
import { cursorNumber } from "../graph/cursor.ts";
import type { Reached } from "../graph/types.ts";
import { asOf } from "../instant.ts";
import { plainRelation } from "../plain.ts";
import { answer, CROWDED, note } from "./shared/answer.ts";
import { Budget } from "./shared/budget.ts";
import { graphTool, READS } from "./shared/graph-tool.ts";
import { goOn, noSuchCursor } from "./shared/paging.ts";
import { at, cursor, cut, limitOf, next, project, relation, texts } from "./shared/schemas.ts";

const DEEPEST = 6;
const MOST = 1_000;
const INITIAL = 100;

/** Most entities that are walked to, however many pages are read: each page walks anew. */
const FARTHEST = 10_000;

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
    cursor,
    at,
    project,
  }),
  output: s.object({
    entities: s.array(s.object({ name: s.string(), steps: s.integer() })),
    relations: s.array(relation),
    cut,
    next,
    note,
  }),
  annotations: READS,
  async run(args, { store, scope }) {
    const { name, depth = 1, direction = "both", relationTypes, limit = INITIAL, at } = args;
    const position = cursorNumber(args.cursor, 0);
    const most = Math.min(position + limit, FARTHEST);
    const walk = { from: name, depth, direction, relationTypes, limit: most, ...asOf(at) };
    const reached = await store.walk(scope, walk);
    const all = inOrder(name, reached);
    if (position > all.length) throw noSuchCursor();
    const { entities, relations } = pageOf(all.slice(position), limit);
    const end = position + entities.length + relations.length;
    const isFar = reached.more && most === FARTHEST;
    const next = end < all.length || (reached.more && !isFar) ? String(end) : undefined;
    const shown = {
      entities,
      relations,
      ...((reached.cut || isFar) && { cut: true }),
      ...(next !== undefined && { next }),
    };
    return answer(JSON.stringify(shown), shown, missing(reached.cut, isFar), goOn(next));
  },
});

/** One thing to tell of a walk. */
type Told =
  | { readonly entity: Reached["entities"][number] }
  | { readonly relation: ReturnType<typeof plainRelation> };

/** What was reached, nearest first; a relation once both of its ends are told. */
function inOrder(start: string, { entities, relations }: Reached): Told[] {
  const names = [start, ...entities.map(({ name }) => name)];
  const places = new Map(names.map((name, place) => [name, place]));
  const told = Map.groupBy(relations, ({ from, to }) =>
    Math.max(places.get(from) ?? 0, places.get(to) ?? 0),
  );
  const relationsAt = (place: number) =>
    (told.get(place) ?? []).map((one) => ({ relation: plainRelation(one) }));
  return [
    ...relationsAt(0),
    ...entities.flatMap((entity, index) => [{ entity }, ...relationsAt(index + 1)]),
  ];
}

/** As many as an answer holds, `limit` entities at most. */
function pageOf(all: readonly Told[], limit: number) {
  const budget = new Budget(ANSWER_BYTES);
  const entities: Extract<Told, { entity: unknown }>["entity"][] = [];
  const relations: Extract<Told, { relation: unknown }>["relation"][] = [];
  for (const one of all) {
    if ("entity" in one) {
      if (entities.length === limit || !budget.take(one.entity)) break;
      entities.push(one.entity);
    } else {
      if (!budget.take(one.relation)) break;
      relations.push(one.relation);
    }
  }
  return { entities, relations };
}

function missing(isCrowded: boolean, isFar: boolean): string | undefined {
  if (!isCrowded && !isFar) return undefined;
  const why = isCrowded ? CROWDED : `more than ${FARTHEST} entities are reached.`;
  return `Some may be missing: ${why} Narrow it by relationTypes, direction or depth.`;
}
