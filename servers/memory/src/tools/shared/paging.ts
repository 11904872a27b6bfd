import { ToolError } from "@portico/core";

/** Says how to get the rest of an answer; nothing when there is none. */
export function goOn(next: string | undefined): string | undefined {
  return next === undefined
    ? undefined
    : `This is not all; go on with cursor: ${JSON.stringify(next)}`;
}

/** The refusal of a cursor that no answer gave, or that what was deleted since has left behind. */
export function noSuchCursor(): ToolError {
  return new ToolError("There is no such cursor; start again without one.");
}
