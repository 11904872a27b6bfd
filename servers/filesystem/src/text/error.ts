/** Why a text operation was refused; the message is one sentence fit for the caller. */
export type TextProblem =
  | "binary"
  | "invalid-encoding"
  | "invalid-argument"
  | "no-match"
  | "ambiguous-match"
  | "wrong-count"
  | "too-much-work";

/** A refusal by the text functions: what was wrong, and what to do about it. */
export class TextError extends Error {
  override readonly name = "TextError";
  readonly problem: TextProblem;

  constructor(problem: TextProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}
