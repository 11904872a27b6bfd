/** Why a search was refused; the message is one sentence fit for the caller. */
export type SearchProblem = "invalid-glob" | "invalid-regex" | "invalid-argument";

/** A refusal by the search functions: what was wrong, and what to do about it. */
export class SearchError extends Error {
  override readonly name = "SearchError";
  readonly problem: SearchProblem;

  constructor(problem: SearchProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}
