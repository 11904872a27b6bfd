import type { Instruction, Program } from "./program.ts";

/** Whoever pays for the steps; throws when they are too many. */
export interface Budget {
  spend(count: number): void;
}

/**
 * Runs a program on `text`, all ways at once: the time is bounded by the text's length times the
 * program's, whatever the two contain.
 */
export function simulate(
  program: Program,
  text: string,
  { anchored, unicode }: { anchored: boolean; unicode: boolean },
  budget: Budget,
): boolean {
  const states = new States(program, text);
  let at = 0;
  while (true) {
    if ((at === 0 || !anchored) && states.add(0, at)) return true;
    budget.spend(1 + (states.takeSteps() >> 2));
    if (at >= text.length || (anchored && states.count === 0)) return false;
    const code = (unicode ? text.codePointAt(at) : text.charCodeAt(at)) ?? 0;
    at += unicode && code > 0xffff ? 2 : 1;
    if (states.advance(code, at)) return true;
  }
}

/** The instructions that wait for the next character. */
class States {
  readonly #program: Program;
  readonly #text: string;
  readonly #pending: number[] = [];
  /** At which position an instruction was last reached, so that each is followed once there. */
  readonly #reached: Int32Array;
  #current: number[] = [];
  #next: number[] = [];
  #steps = 0;

  constructor(program: Program, text: string) {
    this.#program = program;
    this.#text = text;
    this.#reached = new Int32Array(program.length).fill(-1);
  }

  get count(): number {
    return this.#current.length;
  }

  /** How many instructions were looked at since the last time this was asked. */
  takeSteps(): number {
    const steps = this.#steps;
    this.#steps = 0;
    return steps;
  }

  /** Enters the program at `start`; true if it matches right there. */
  add(start: number, at: number): boolean {
    return this.#follow(start, at, this.#current);
  }

  /** Consumes one character, after which the position is `at`; true if the program matches. */
  advance(code: number, at: number): boolean {
    this.#steps += this.#current.length;
    this.#next.length = 0;
    for (const index of this.#current) {
      const step = this.#program[index] as Instruction;
      if (step.op === "char" && step.accepts(code) && this.#follow(step.next, at, this.#next)) {
        return true;
      }
    }
    [this.#current, this.#next] = [this.#next, this.#current];
    return false;
  }

  #follow(start: number, at: number, into: number[]): boolean {
    const pending = this.#pending;
    pending.push(start);
    for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
      this.#steps += 1;
      if (this.#reached[index] === at) continue;
      this.#reached[index] = at;
      const step = this.#program[index] as Instruction;
      if (step.op === "char") into.push(index);
      else if (step.op === "split") pending.push(step.other, step.next);
      else if (step.op === "match") {
        pending.length = 0;
        return true;
      } else if (holds(step.what, this.#text, at)) pending.push(step.next);
    }
    return false;
  }
}

function holds(what: "start" | "end" | "word" | "notWord", text: string, at: number): boolean {
  if (what === "start") return at === 0;
  if (what === "end") return at === text.length;
  return (isWord(text, at - 1) !== isWord(text, at)) === (what === "word");
}

function isWord(text: string, at: number): boolean {
  return at >= 0 && at < text.length && /\w/.test(text.charAt(at));
}
