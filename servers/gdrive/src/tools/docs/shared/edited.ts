import { type Output, s } from "@portico/core";
import type { Answer } from "../../shared/google-tool.ts";

/** What a change of a document comes to. */
export const editedOutput = s.object({ revision: s.optional(s.string()) });

/** Says what was done, and the revision that the next change with an index has to name. */
export function edited(
  done: string,
  revision: string | undefined,
): Answer<Output<typeof editedOutput>> {
  const now = revision === undefined ? "" : `; the document is at revision ${revision} now`;
  return { data: { ...(revision !== undefined && { revision }) }, text: `${done}${now}.` };
}
