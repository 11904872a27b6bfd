import { s } from "@portico/core";
import { editDocument } from "../../editing/docs/edit.ts";
import { checkRange } from "../../editing/docs/places.ts";
import { deleteRange as remove } from "../../editing/docs/requests.ts";
import { boundsOf, requireRevision } from "../../editing/docs/where.ts";
import { googleTool } from "../shared/google-tool.ts";
import { edited, editedOutput } from "./shared/edited.ts";
import { part, revision, which } from "./shared/parameters.ts";

/** Deletes a part of a document. */
export const deleteRange = googleTool({
  name: "delete_range",
  title: "Delete Range",
  description:
    "Delete a part of a Google Docs document: from one index up to another, or a text that is there once. Google keeps the version before.",
  input: s.object({ ...which, ...part, revision }),
  output: editedOutput,
  annotations: { readOnlyHint: false, destructiveHint: true },
  need: "docs.write",
  async run({ document_id: document, start, end, text, revision, tab }, google) {
    requireRevision([start, end], revision);
    const { revision: now } = await editDocument(
      google.docs,
      { document, tab, revision },
      (found) => {
        const bounds = boundsOf(found, { start, end, text });
        checkRange(found.body, bounds.start, bounds.end);
        return [remove({ start: bounds.start, end: bounds.end, tab: found.id })];
      },
      google.signal,
    );
    return edited("It was deleted", now);
  },
});
