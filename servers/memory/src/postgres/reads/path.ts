import { type Side, shortestPath } from "../../graph/shortest-path.ts";
import type { Path, PathSearch } from "../../graph/types.ts";
import type { Reading } from "../reading.ts";
import { needEntities, stepFrom, type Way } from "./steps.ts";

/** The shortest path by relations in either direction. */
export async function path(reading: Reading, wanted: PathSearch): Promise<Path> {
  const { from, to, relationTypes } = wanted;
  await needEntities(reading, [from, to]);
  const way: Way = { direction: "both", relationTypes };
  return shortestPath(wanted, (side, other) => extend(reading, { side, other, way }));
}

/** Goes one step further. @returns where the sides met */
async function extend(
  reading: Reading,
  {
    side,
    other,
    way,
  }: { readonly side: Side<string>; readonly other: Side<string>; readonly way: Way },
): Promise<string | undefined> {
  const { relations, isCut } = await stepFrom(reading, side.frontier, way);
  side.isCut ||= isCut;
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
