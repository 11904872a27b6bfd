import type { Path, Relation } from "./types.ts";

/** What was reached from one end of a path that is looked for. */
export interface Side<Id> {
  /** How each entity was reached; nothing for the end itself. */
  readonly reached: Map<Id, { readonly from: Id; readonly by: Relation } | undefined>;
  /** What was reached last, from where it goes on. */
  frontier: readonly Id[];
  /** True when not all that leads on was followed. */
  isCut: boolean;
}

/** Goes one step further on a side. @returns where it met the other */
export type Widen<Id> = (side: Side<Id>, other: Side<Id>) => Promise<Id | undefined>;

/**
 * The shortest path between two entities, looked for from both ends at once: each step is made on the side of which
 * everything was followed, or that has reached less.
 */
export async function shortestPath<Id>(
  ends: { readonly from: Id; readonly to: Id; readonly depth: number },
  widen: Widen<Id>,
): Promise<Path> {
  if (ends.from === ends.to) return { relations: [], cut: false };
  const from = sideAt(ends.from);
  const to = sideAt(ends.to);
  let whole = 0;
  for (let step = 1; step <= ends.depth; step++) {
    const [side, other] = isBetter(from, to) ? [from, to] : [to, from];
    const met = await widen(side, other);
    if (met !== undefined) {
      const relations = [...trail(from, met).reverse(), ...trail(to, met)];
      // As many steps as were made in full have met on nothing that short.
      return { relations, cut: relations.length > whole + 1 };
    }
    if (!side.isCut) whole++;
    // All that hangs together with this end is known, and the other end is not in it.
    if (side.frontier.length === 0 && !side.isCut) return { cut: false };
  }
  return { cut: whole < ends.depth };
}

function sideAt<Id>(end: Id): Side<Id> {
  return { reached: new Map([[end, undefined]]), frontier: [end], isCut: false };
}

function isBetter<Id>(side: Side<Id>, other: Side<Id>): boolean {
  if (side.isCut !== other.isCut) return other.isCut;
  return side.frontier.length <= other.frontier.length;
}

/** Relations from an entity back to where a side began. */
function trail<Id>({ reached }: Side<Id>, end: Id): Relation[] {
  const relations: Relation[] = [];
  for (let step = reached.get(end); step; step = reached.get(step.from)) relations.push(step.by);
  return relations;
}
