import type { Syntax } from "./syntax.ts";

/** How a backtracking engine fares with one part of an expression on text of some length. */
interface Cost {
  /** In how many ways the part can match from one position. */
  readonly ways: number;
  /** The steps taken to try them all. */
  readonly work: number;
}

/**
 * An upper bound of the steps a backtracking engine takes for `syntax` on `length` characters; infinite
 * where a repeated group could be split up in more ways than can be counted here.
 */
export function backtrackingCost(syntax: Syntax, length: number): number {
  const starts = isAnchored(syntax) ? 1 : length + 1;
  return starts * cost(syntax, length).work;
}

function cost(syntax: Syntax, length: number): Cost {
  switch (syntax.kind) {
    case "char":
    case "assert":
      return { ways: 1, work: 1 };
    case "backReference":
      return { ways: 1, work: length + 1 };
    case "look":
      // It matches or not; what follows cannot make it try again.
      return { ways: 1, work: cost(syntax.body, length).work };
    case "sequence":
      return syntax.items.reduce<Cost>((sum, item) => follow(sum, cost(item, length)), empty);
    case "choice": {
      const all = syntax.branches.map((branch) => cost(branch, length));
      return {
        ways: all.reduce((sum, { ways }) => sum + ways, 0),
        work: all.reduce((sum, { work }) => sum + work, 0),
      };
    }
    case "repeat":
      return repeatCost(syntax.body, syntax.min, syntax.max, length);
  }
}

/** Not free: infinitely many ways times no work would be no number, and no limit stops that. */
const empty: Cost = { ways: 1, work: 1 };

function follow(before: Cost, after: Cost): Cost {
  return { ways: before.ways * after.ways, work: before.work + before.ways * after.work };
}

function repeatCost(body: Syntax, min: number, max: number, length: number): Cost {
  if (body.kind === "char") {
    return { ways: Math.min(max - min, length) + 1, work: Math.min(max, length) + 1 };
  }
  if (max === 0) return empty;
  const once = cost(body, length);
  if (max <= 1) return { ways: once.ways + 1 - min, work: once.work + 1 };
  if (min !== max) return { ways: Number.POSITIVE_INFINITY, work: Number.POSITIVE_INFINITY };
  const ways = once.ways ** min;
  return { ways, work: once.ways === 1 ? once.work * min : once.work * ways * min };
}

/** Whether a match can only start at the start of the text. */
export function isAnchored(syntax: Syntax): boolean {
  if (syntax.kind === "assert") return syntax.what === "start";
  if (syntax.kind === "choice") return syntax.branches.every(isAnchored);
  const first = syntax.kind === "sequence" ? syntax.items[0] : undefined;
  return first !== undefined && isAnchored(first);
}
