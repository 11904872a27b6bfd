import { GraphError } from "../../graph/error.ts";
import type { Relation } from "../../graph/types.ts";
import type { Connection } from "../connection.ts";
import { entityNamed, relationOf, stepsFrom } from "./walk.ts";

/** Entities looked at before a search for a path gives up. */
const MOST_VISITED = 50_000;
/** Entities looked at in one turn of the event loop. */
const PORTION = 500;

/** How one side of the search came to an entity. */
interface Arrival {
  readonly name: string;
  /** Where from; nothing for where the side began. */
  readonly before: number | undefined;
  readonly relation: Relation | undefined;
}

interface Side {
  readonly arrivals: Map<number, Arrival>;
  frontier: number[];
}

/** The shortest path between two entities, looked for from both ends at once; nothing if none is short enough. */
export async function path(
  connection: Connection,
  graph: number,
  ends: { readonly from: string; readonly to: string; readonly depth: number },
  at: number | undefined,
): Promise<Relation[] | undefined> {
  const from = sideAt(entityNamed(connection, graph, ends.from, at), ends.from);
  const to = sideAt(entityNamed(connection, graph, ends.to, at), ends.to);
  let meeting = from.frontier[0] === to.frontier[0] ? from.frontier[0] : undefined;
  for (let steps = 0; meeting === undefined && steps < ends.depth; steps++) {
    const [near, far] = from.frontier.length <= to.frontier.length ? [from, to] : [to, from];
    meeting = await widen(connection, near, far, at);
    if (near.frontier.length === 0 && meeting === undefined) return undefined;
  }
  if (meeting === undefined) return undefined;
  return [...trail(from, meeting).reverse(), ...trail(to, meeting)];
}

function sideAt(id: number, name: string): Side {
  const arrivals = new Map([[id, { name, before: undefined, relation: undefined }]]);
  return { arrivals, frontier: [id] };
}

/** Goes one step further on one side. @returns where it met the other */
async function widen(
  connection: Connection,
  side: Side,
  other: Side,
  at: number | undefined,
): Promise<number | undefined> {
  const reached: number[] = [];
  for (const [index, here] of side.frontier.entries()) {
    const { name } = side.arrivals.get(here) as Arrival;
    for (const step of stepsFrom(connection, here, { direction: "both" }, at)) {
      if (side.arrivals.has(step.to)) continue;
      const relation = relationOf(name, step);
      side.arrivals.set(step.to, { name: step.name, before: here, relation });
      if (other.arrivals.has(step.to)) return step.to;
      reached.push(step.to);
    }
    if (side.arrivals.size + other.arrivals.size > MOST_VISITED) {
      throw new GraphError(
        "too-large",
        `No path was found among the nearest ${MOST_VISITED} entities; ask for a shorter one.`,
      );
    }
    if (index % PORTION === PORTION - 1) await new Promise((resolve) => setImmediate(resolve));
  }
  side.frontier = reached;
  return undefined;
}

/** Relations from an entity back to where a side began. */
function trail({ arrivals }: Side, end: number): Relation[] {
  const relations: Relation[] = [];
  let here: number | undefined = end;
  while (here !== undefined) {
    const arrival = arrivals.get(here);
    if (arrival?.relation !== undefined) relations.push(arrival.relation);
    here = arrival?.before;
  }
  return relations;
}
