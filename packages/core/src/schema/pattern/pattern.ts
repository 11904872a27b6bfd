import { SchemaError, shown } from "../error.ts";
import { LimitReached } from "../run.ts";
import { backtrackingCost, isAnchored } from "./cost.ts";
import { compileProgram, type Program } from "./program.ts";
import { type Budget, simulate } from "./simulate.ts";
import { parse, type Syntax } from "./syntax.ts";

const maxSource = 10_000;
const maxNativeLength = 2 ** 24;

/** Steps the platform's engine may take on one text where the linear one could do it instead. */
const nativeBudget = 20_000;

/** The same for look-around and back references, which only the platform's engine can do. */
const onlyNativeBudget = 1_000_000;

/** A regular expression whose cost is bounded whatever it says and whatever it runs on. */
export interface Pattern {
  /** Whether `text` contains a match; throws {@link LimitReached} where finding out costs too much. */
  test(text: string, budget: Budget): boolean;
}

/**
 * Compiles a `pattern`. A schema may come from the other side, so its expressions are not trusted: the
 * platform's backtracking engine runs only texts short enough for a small worst case, and a linear-time
 * automaton runs the rest. Throws a {@link SchemaError} for what neither can run in bounded time.
 */
export function compilePattern(source: string): Pattern {
  const unicode = isExpression(source, "u");
  if (source.length > maxSource || (!unicode && !isExpression(source, ""))) {
    throw new SchemaError(`The pattern ${shown(source)} is not a regular expression, or too long.`);
  }
  const syntax = parseBounded(source, unicode);
  const native = new RegExp(source, unicode ? "u" : "");
  const program = compileProgram(syntax, unicode);
  const limit = nativeLength(syntax, program ? nativeBudget : onlyNativeBudget);
  if (!program && limit === 0) throw tooCostly(source);
  const price = limit === 0 ? 0 : backtrackingCost(syntax, limit) / limit / 64;
  const mode = { anchored: isAnchored(syntax), unicode };
  return {
    test(text, budget) {
      if (text.length <= limit) {
        budget.spend(1 + Math.trunc(text.length * price));
        return native.test(text);
      }
      return runLinear(program, text, mode, budget);
    },
  };
}

function runLinear(
  program: Program | undefined,
  text: string,
  mode: { anchored: boolean; unicode: boolean },
  budget: Budget,
): boolean {
  if (!program) throw new LimitReached("has a text too long for its pattern");
  return simulate(program, text, mode, budget);
}

/** The longest text, roughly, on which backtracking stays within `budget` steps or a few a character. */
function nativeLength(syntax: Syntax, budget: number): number {
  let length = 0;
  for (let next = 8; next <= maxNativeLength; next *= 2) {
    if (backtrackingCost(syntax, next) > Math.max(budget, 16 * next)) break;
    length = next;
  }
  return length;
}

function isExpression(source: string, flags: string): boolean {
  try {
    new RegExp(source, flags);
    return true;
  } catch {
    return false;
  }
}

function parseBounded(source: string, unicode: boolean): Syntax {
  try {
    return parse(source, unicode);
  } catch {
    throw new SchemaError(`The pattern ${shown(source)} nests its groups too deeply.`);
  }
}

function tooCostly(source: string): SchemaError {
  return new SchemaError(
    `The pattern ${shown(source)} can take exponential time; beside look-around or back references, ` +
      "do not repeat a group.",
  );
}
