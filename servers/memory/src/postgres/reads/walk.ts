import { distinctRelations } from "../../graph/combine.ts";
import type { Reached, Relation, Walk } from "../../graph/types.ts";
import type { Reading } from "../reading.ts";
import { needEntities, stepFrom } from "./steps.ts";

/** What can be reached from an entity, nearest first. */
export async function walk(reading: Reading, walk: Walk): Promise<Reached> {
  await needEntities(reading, [walk.from]);
  const steps = new Map([[walk.from, 0]]);
  const followed: Relation[] = [];
  let frontier = [walk.from];
  let more = false;
  let cut = false;
  for (let step = 1; step <= walk.depth && frontier.length > 0; step++) {
    const { relations, isCut } = await stepFrom(reading, frontier, walk);
    cut ||= isCut;
    frontier = [];
    for (const relation of relations) {
      for (const name of [relation.from, relation.to]) {
        if (steps.has(name)) continue;
        if (steps.size > walk.limit) more = true;
        else {
          steps.set(name, step);
          frontier.push(name);
        }
      }
      followed.push(relation);
    }
  }
  steps.delete(walk.from);
  const isReached = (name: string) => name === walk.from || steps.has(name);
  return {
    entities: [...steps].map(([name, steps]) => ({ name, steps })),
    relations: distinctRelations(followed).filter(
      ({ from, to }) => isReached(from) && isReached(to),
    ),
    more,
    cut,
  };
}
