/** Why the graph refuses. */
export type GraphErrorCode =
  | "unknown-entity"
  | "exists"
  | "invalid"
  | "too-large"
  | "busy"
  | "full"
  | "damaged"
  | "read-only";

/** A refusal, in one sentence that says what was wrong and what to do; nothing has been changed. */
export class GraphError extends Error {
  readonly code: GraphErrorCode;

  constructor(code: GraphErrorCode, message: string) {
    super(message);
    this.name = "GraphError";
    this.code = code;
  }
}
