import { GraphError } from "../../graph/error.ts";
import type { Command } from "../writer.ts";
import type { Writing } from "../writing.ts";

/**
 * A command that takes its calls one after the other.
 * @param run must refuse before it writes or notes anything
 */
export function oneByOne<Call, Answer>(
  run: (writing: Writing, call: Call) => Promise<Answer>,
): Command<Call, Answer> {
  return async (writing, calls) => {
    const answers: (Answer | GraphError)[] = [];
    for (const call of calls) answers.push(await run(writing, call).catch(refusal));
    return answers;
  };
}

function refusal(error: unknown): GraphError {
  if (error instanceof GraphError) return error;
  throw error;
}
