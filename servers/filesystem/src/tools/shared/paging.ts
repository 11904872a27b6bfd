import { type OptionalSchema, type Reply, type Schema, s } from "@portico/core";
import { LISTING_BYTES } from "../../budget.ts";
import { answer } from "./answer.ts";

/** The argument by which a caller gets what did not fit before. */
export const after: OptionalSchema<string> = s.optional(
  s.string({ description: "Go on after this: next of an earlier answer" }),
);

/** The structured output of tools that list. */
export const pagedOutput: Schema<{ content: string; next?: string }> = s.object({
  content: s.string(),
  next: s.optional(s.string({ description: "Pass as after to get the rest" })),
});

/** A part of a list as text. */
export interface Listed {
  readonly content: string;
  /** Where the rest begins, and why it is not here. */
  readonly stopped?: { readonly reason: string; readonly next: string } | undefined;
}

/** Answers with a list; where it is not whole, says so and how to get the rest. */
export function listed({ content, stopped }: Listed): Reply<{ content: string; next?: string }> {
  if (!stopped) return answer(content, {});
  const { reason, next } = stopped;
  const note = `Stopped at the ${reason} limit; go on with after: ${JSON.stringify(next)}`;
  return answer(content, { next }, note);
}

/** Lists `most` entries, or fewer where their text would be longer than an answer may be. */
export async function fitting<L extends { readonly content: string }>(
  most: number,
  list: (most: number) => Promise<L>,
  maxBytes: number = LISTING_BYTES,
): Promise<L> {
  for (let count = most; ; ) {
    const answer = await list(count);
    const bytes = Buffer.byteLength(answer.content);
    if (bytes <= maxBytes || count === 1) return answer;
    count = Math.max(1, Math.floor((count * maxBytes * 0.9) / bytes));
  }
}
