import { type Side, shortestPath, type Widen } from "../../graph/shortest-path.ts";
import type { Path, PathSearch } from "../../graph/types.ts";
import type { Connection } from "../connection.ts";
import { entityNamed, relationOf, stepsFromAll, type Way } from "./walk.ts";

/** Entities looked at before a search for a path gives up. */
const MOST_VISITED = 50_000;

/** The shortest path between two entities by relations in either direction. */
export async function path(
  connection: Connection,
  graph: number,
  { from, to, depth, relationTypes }: Omit<PathSearch, "at">,
  at: number | undefined,
): Promise<Path> {
  const ends = {
    from: entityNamed(connection, graph, from, at),
    to: entityNamed(connection, graph, to, at),
    depth,
  };
  const names = new Map([
    [ends.from, from],
    [ends.to, to],
  ]);
  const way: Way = { direction: "both", relationTypes };
  const follow = (frontier: readonly number[]) => stepsFromAll(connection, frontier, way, at);
  return shortestPath(ends, widenBy(follow, names));
}

/** Goes one step further on one side, if not too much was looked at already. */
function widenBy(
  follow: (frontier: readonly number[]) => ReturnType<typeof stepsFromAll>,
  names: Map<number, string>,
): Widen<number> {
  return async (side: Side<number>, other: Side<number>) => {
    const reached: number[] = [];
    for await (const [here, { steps, isCut }] of follow(side.frontier)) {
      side.isCut ||= isCut;
      for (const step of steps) {
        if (side.reached.has(step.to)) continue;
        names.set(step.to, step.name);
        side.reached.set(step.to, { from: here, by: relationOf(names.get(here) as string, step) });
        if (other.reached.has(step.to)) return step.to;
        reached.push(step.to);
      }
      if (names.size > MOST_VISITED) {
        side.isCut = true;
        break;
      }
    }
    side.frontier = reached;
    return undefined;
  };
}
