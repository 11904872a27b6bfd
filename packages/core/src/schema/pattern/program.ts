import type { Syntax } from "./syntax.ts";

const maxInstructions = 5_000;

/** One step of a {@link Program}: where to go next, and on what condition. */
export type Instruction =
  | { readonly op: "char"; readonly accepts: CharTest; next: number }
  | { readonly op: "split"; next: number; other: number }
  | { readonly op: "assert"; readonly what: "start" | "end" | "word" | "notWord"; next: number }
  | { readonly op: "match" };

/** A non-deterministic automaton for an expression. */
export type Program = readonly Instruction[];

/** Whether a code point (or code unit, without the `u` flag) is one the expression accepts here. */
export type CharTest = (code: number) => boolean;

/** Compiles `syntax`; undefined where only a backtracking engine can run it, or where it is too large. */
export function compileProgram(syntax: Syntax, unicode: boolean): Program | undefined {
  const program: Instruction[] = [];
  try {
    emit(syntax, program, unicode ? "u" : "");
  } catch (error) {
    if (error instanceof NotRegular) return undefined;
    throw error;
  }
  program.push({ op: "match" });
  return program;
}

class NotRegular extends Error {}

/** Appends the instructions for `syntax`; each leads to the one after it. */
function emit(syntax: Syntax, program: Instruction[], flags: string): void {
  if (program.length > maxInstructions) throw new NotRegular();
  switch (syntax.kind) {
    case "char":
      program.push({
        op: "char",
        accepts: charTest(syntax.source, flags),
        next: program.length + 1,
      });
      return;
    case "assert":
      program.push({ op: "assert", what: syntax.what, next: program.length + 1 });
      return;
    case "sequence":
      for (const item of syntax.items) emit(item, program, flags);
      return;
    case "choice":
      emitChoice(syntax.branches, program, flags);
      return;
    case "repeat":
      emitRepeat(syntax.body, syntax.min, syntax.max, program, flags);
      return;
    default:
      throw new NotRegular();
  }
}

function emitChoice(branches: readonly Syntax[], program: Instruction[], flags: string): void {
  const exits: { next: number }[] = [];
  for (const [index, branch] of branches.entries()) {
    const last = index === branches.length - 1;
    const split = { op: "split" as const, next: program.length + 1, other: 0 };
    if (!last) program.push(split);
    emit(branch, program, flags);
    if (last) break;
    // A split whose two ways are one is a jump.
    const exit = { op: "split" as const, next: 0, other: 0 };
    program.push(exit);
    exits.push(exit);
    split.other = program.length;
  }
  for (const exit of exits) Object.assign(exit, { next: program.length, other: program.length });
}

function emitRepeat(
  body: Syntax,
  min: number,
  max: number,
  program: Instruction[],
  flags: string,
): void {
  for (let i = 0; i < min; i++) {
    const before = program.length;
    emit(body, program, flags);
    // What consumes nothing and asks nothing can be repeated without end, and never grows too large.
    if (program.length === before) break;
  }
  if (max === Number.POSITIVE_INFINITY) {
    const start = program.length;
    const split = { op: "split" as const, next: start + 1, other: 0 };
    program.push(split);
    emit(body, program, flags);
    program.push({ op: "split", next: start, other: start });
    split.other = program.length;
    return;
  }
  const splits: { other: number }[] = [];
  for (let i = min; i < max; i++) {
    const split = { op: "split" as const, next: program.length + 1, other: 0 };
    program.push(split);
    splits.push(split);
    emit(body, program, flags);
  }
  for (const split of splits) split.other = program.length;
}

function charTest(source: string, flags: string): CharTest {
  const [only = ""] = source;
  if (source === only && source !== ".") {
    const code = source.codePointAt(0);
    return (candidate) => candidate === code;
  }
  const expression = new RegExp(`^${source}$`, flags);
  const known = new Int8Array(128);
  return (code) => {
    const answer = code < 128 ? known[code] : 0;
    if (answer) return answer > 0;
    const accepts = expression.test(String.fromCodePoint(code));
    if (code < 128) known[code] = accepts ? 1 : -1;
    return accepts;
  };
}
