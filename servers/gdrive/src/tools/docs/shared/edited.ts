import { type Output, s } from "@portico/core";
import type { Answer } from "../../shared/google-tool.ts";

/** What a change of a document comes to. */
export const editedOutput = s.object({ revision: s.optional(s.string()) });

/** Says what was done, and the revision `now` that the next change with an index has to name. */
export function edited(done: string, now: string | undefined): Answer<Output<typeof editedOutput>> {
  if (now === undefined) return { data: {}, text: `${done}.` };
  return { data: { revision: now }, text: `${done}; the document is at revision ${now} now.` };
}
