import type { CompleteResult } from "../protocol/index.ts";
import type { Context } from "./context.ts";

/**
 * Suggests values for an argument: a fixed set, or a function of what was typed so far.
 * @param others the arguments the user has already filled in
 */
export type Completer<Deps = unknown> =
  | readonly string[]
  | ((
      typed: string,
      ctx: Context<Deps>,
      others: Readonly<Record<string, string>>,
    ) => readonly string[] | Promise<readonly string[]>);

// server/utilities/completion: at most 100 values in one answer.
const MOST = 100;

/** Answers a completion request from `completer`; no suggestions where there is none. */
export async function suggest<Deps>(
  completer: Completer<Deps> | undefined,
  typed: string,
  ctx: Context<Deps>,
  others: Readonly<Record<string, string>>,
): Promise<CompleteResult> {
  const all =
    typeof completer === "function"
      ? await completer(typed, ctx, others)
      : rank(completer ?? [], typed);
  const values = all.slice(0, MOST);
  return { completion: { values, total: all.length, hasMore: all.length > MOST } };
}

/** The values that contain `typed`, those that start with it first; case does not matter. */
export function rank(values: readonly string[], typed: string): string[] {
  const wanted = typed.toLowerCase();
  const starts: string[] = [];
  const contains: string[] = [];
  for (const value of values) {
    const position = value.toLowerCase().indexOf(wanted);
    if (position === 0) starts.push(value);
    else if (position > 0) contains.push(value);
  }
  return [...starts, ...contains];
}
