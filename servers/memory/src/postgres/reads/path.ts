import type { Relation } from "../../graph/types.ts";
import type { Reading } from "../reading.ts";
import { needEntities, stepFrom } from "./steps.ts";

/** What is reached from one end: how each entity was, from which other. */
interface Side {
  readonly reached: Map<string, { readonly by: Relation; readonly from: string } | undefined>;
  frontier: readonly string[];
}

/** The shortest path by relations in either direction; steps are made from the end that has reached less. */
export async function path(
  reading: Reading,
  { from, to, depth }: { readonly from: string; readonly to: string; readonly depth: number },
): Promise<Relation[] | undefined> {
  await needEntities(reading, [from, to]);
  if (from === to) return [];
  const start = sideAt(from);
  const goal = sideAt(to);
  for (let step = 0; step < depth; step++) {
    const isStart = start.frontier.length <= goal.frontier.length;
    const [side, other] = isStart ? [start, goal] : [goal, start];
    const met = await extend(reading, side, other);
    if (met !== undefined) return [...back(start, met).reverse(), ...back(goal, met)];
    if (side.frontier.length === 0) return undefined;
  }
  return undefined;
}

function sideAt(name: string): Side {
  return { reached: new Map([[name, undefined]]), frontier: [name] };
}

/** Goes one step further. @returns where the sides met */
async function extend(reading: Reading, side: Side, other: Side): Promise<string | undefined> {
  const { relations } = await stepFrom(reading, side.frontier, { direction: "both" });
  const old = new Set(side.frontier);
  const frontier: string[] = [];
  for (const by of relations) {
    for (const [from, to] of [
      [by.from, by.to],
      [by.to, by.from],
    ] as const) {
      if (!old.has(from) || side.reached.has(to)) continue;
      side.reached.set(to, { by, from });
      if (other.reached.has(to)) return to;
      frontier.push(to);
    }
  }
  side.frontier = frontier;
  return undefined;
}

/** The relations from where the sides met back to an end. */
function back({ reached }: Side, met: string): Relation[] {
  const relations: Relation[] = [];
  for (let step = reached.get(met); step; step = reached.get(step.from)) relations.push(step.by);
  return relations;
}
