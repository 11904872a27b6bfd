import { GraphError } from "../../graph/error.ts";
import type { Direction, Reached, Relation, Walk } from "../../graph/types.ts";
import { boundAt, entitiesAt, relationsAt } from "../as-of.ts";
import type { Connection } from "../connection.ts";

/** Relations of one entity that are followed: of more, any. */
const MOST_FOLLOWED = 10_000;
/** Entities whose relations are followed in one turn of the event loop. */
const PORTION = 500;

/** Which relations are followed. */
export interface Way {
  readonly direction: Direction;
  readonly relationTypes?: readonly string[] | undefined;
}

/** Relations as they are met from one of their ends. */
export interface Steps {
  readonly steps: readonly Step[];
  /** True when there are more than are followed. */
  readonly isCut: boolean;
}

/** A relation as it is met from one of its ends. */
export interface Step {
  readonly id: number;
  readonly type: string;
  /** The entity at the other end. */
  readonly to: number;
  readonly name: string;
  /** Whether it points from here to there. */
  readonly isForward: boolean;
}

/** Follows relations from an entity, nearest first. */
export async function walk(
  connection: Connection,
  graph: number,
  wanted: Omit<Walk, "at">,
  at: number | undefined,
): Promise<Reached> {
  const start = entityNamed(connection, graph, wanted.from, at);
  const names = new Map([[start, wanted.from]]);
  const entities: { name: string; steps: number }[] = [];
  const relations = new Map<number, Relation>();
  let more = false;
  let cut = false;
  let frontier = [start];
  for (let steps = 1; steps <= wanted.depth && frontier.length > 0; steps++) {
    const reached: number[] = [];
    for await (const [here, met] of stepsFromAll(connection, frontier, wanted, at)) {
      cut ||= met.isCut;
      for (const step of met.steps) {
        if (!names.has(step.to)) {
          if (entities.length >= wanted.limit) {
            more = true;
            continue;
          }
          names.set(step.to, step.name);
          entities.push({ name: step.name, steps });
          reached.push(step.to);
        }
        relations.set(step.id, relationOf(names.get(here) as string, step));
      }
    }
    frontier = reached;
  }
  return { entities, relations: [...relations.values()], more, cut };
}

/** The relations of entities, one entity after the other. Others have their turn meanwhile. */
export async function* stepsFromAll(
  connection: Connection,
  frontier: readonly number[],
  way: Way,
  at: number | undefined,
): AsyncGenerator<[here: number, met: Steps]> {
  for (const [index, here] of frontier.entries()) {
    yield [here, stepsFrom(connection, here, way, at)];
    if (index % PORTION === PORTION - 1) await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The id of an entity. @throws {GraphError} `unknown-entity` */
export function entityNamed(
  connection: Connection,
  graph: number,
  name: string,
  at: number | undefined,
): number {
  const row = connection.get<{ id: number }>(
    `SELECT id FROM ${entitiesAt(at)} WHERE graph = :graph AND name = :name AND type IS NOT NULL`,
    { graph, name, ...boundAt(at) },
  );
  if (row !== undefined) return row.id;
  throw new GraphError(
    "unknown-entity",
    `No entity is named ${JSON.stringify(name)}; search for its exact name.`,
  );
}

/** Relations of an entity to entities that exist, in the order they were created. */
export function stepsFrom(
  connection: Connection,
  here: number,
  { direction, relationTypes }: Way,
  at: number | undefined,
): Steps {
  const typed =
    relationTypes === undefined ? "" : " AND r.type IN (SELECT value FROM json_each(:types))";
  const way = (from: string, to: string, isForward: 0 | 1) =>
    `SELECT * FROM (SELECT r.id, r.type, e.id AS "to", e.name, ${isForward} AS isForward
     FROM ${relationsAt(at)} AS r CROSS JOIN ${entitiesAt(at)} AS e ON e.id = r.${to}
     WHERE r.${from} = :here AND e.type IS NOT NULL${typed} LIMIT ${MOST_FOLLOWED + 1})`;
  const ways = {
    out: way("source", "target", 1),
    in: way("target", "source", 0),
    both: `${way("source", "target", 1)} UNION ALL ${way("target", "source", 0)}`,
  };
  const rows = connection.all<Omit<Step, "isForward"> & { isForward: number }>(
    `SELECT * FROM (${ways[direction]}) ORDER BY id LIMIT ${MOST_FOLLOWED + 1}`,
    {
      here,
      ...(relationTypes === undefined ? {} : { types: JSON.stringify(relationTypes) }),
      ...boundAt(at),
    },
  );
  const steps = rows
    .slice(0, MOST_FOLLOWED)
    .map((row) => ({ ...row, isForward: row.isForward === 1 }));
  return { steps, isCut: rows.length > MOST_FOLLOWED };
}

/** A step from `here` as the relation it is. */
export function relationOf(here: string, { name, type, isForward }: Step): Relation {
  return isForward
    ? { from: here, to: name, relationType: type }
    : { from: name, to: here, relationType: type };
}
