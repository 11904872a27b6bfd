import { type OptionalSchema, type Reply, s } from "@portico/core";
import type { WriteResult } from "../../sandbox/index.ts";
import { answer } from "./answer.ts";

/** The argument by which a caller says what it believes a file holds. */
export const expectedHash: OptionalSchema<string> = s.optional(
  s.string({
    pattern: "^[0-9a-fA-F]{12,64}$",
    description: "Hash from an earlier read; refused if the file has changed since",
  }),
);

/** What tools that write answer. */
export const writtenOutput = s.object({
  content: s.string(),
  hash: s.optional(s.string({ description: "SHA-256 of the new content" })),
});

/** Says what a write did: `sentence`, and what the model should know besides. */
export function written(
  sentence: string,
  { hash, detachedLinks, undoable }: WriteResult,
): Reply<{ content: string; hash?: string }> {
  const notes = [
    ...(detachedLinks > 0
      ? [`${detachedLinks} other hard link(s) to the old file keep its old content.`]
      : []),
    ...(undoable ? [] : ["This change is too large to undo."]),
  ];
  const note = notes.length > 0 ? notes.join(" ") : undefined;
  return answer(sentence, hash === undefined ? {} : { hash }, note);
}
