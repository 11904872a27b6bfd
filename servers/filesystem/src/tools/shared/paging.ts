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

/** Why a list is not whole, as the model reads it. */
const STOPPED = {
  limit: "at the entry limit",
  time: "at the time limit",
} as const;

/** What a walk through directories had to leave out. */
export interface Gaps {
  /** Directories that could not be read. */
  readonly unreadable: number;
  /** Directories too large to be listed whole. */
  readonly cut: number;
}

/** A part of a list as text. */
export interface Listed extends Partial<Gaps> {
  readonly content: string;
  /** Where the rest begins, and why it is not here. */
  readonly stopped?: { readonly reason: keyof typeof STOPPED; readonly next: string } | undefined;
}

/** Answers with a list; where it is not whole, says so and how to get the rest. */
export function listed({
  content,
  stopped,
  unreadable = 0,
  cut = 0,
}: Listed): Reply<{ content: string; next?: string }> {
  const gaps = describeGaps({ unreadable, cut });
  if (!stopped) return answer(content, {}, gaps);
  const { reason, next } = stopped;
  const rest = `Stopped ${STOPPED[reason]}; go on with after: ${JSON.stringify(next)}`;
  return answer(content, { next }, joined(gaps, rest));
}

/** One or two sentences on what a walk left out; nothing when it saw everything. */
export function describeGaps({ unreadable, cut }: Gaps): string | undefined {
  return joined(
    unreadable > 0 ? `Directories that could not be read: ${unreadable}.` : undefined,
    cut > 0 ? `Directories with too many entries to be listed whole: ${cut}.` : undefined,
  );
}

/** Notes one after the other; nothing when there are none. */
export function joined(...notes: readonly (string | undefined)[]): string | undefined {
  return notes.filter((note) => note !== undefined).join(" ") || undefined;
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
