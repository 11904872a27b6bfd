import { s } from "@portico/core";
import { editDocument } from "../../editing/docs/edit.ts";
import { insertText as insert, insertable } from "../../editing/docs/requests.ts";
import { requireRevision, spotOf } from "../../editing/docs/where.ts";
import { googleTool } from "../shared/google-tool.ts";
import { edited, editedOutput } from "./shared/edited.ts";
import { place, revision, which } from "./shared/parameters.ts";

/** Puts text somewhere in a document. */
export const insertText = googleTool({
  name: "insert_text",
  title: "Insert Text",
  description:
    "Put text into a Google Docs document, at an index of read_document or right after a text that is there once. It takes the style of what is before it.",
  input: s.object({
    ...which,
    text: s.string({ minLength: 1, maxLength: 100_000 }),
    ...place,
    revision,
  }),
  output: editedOutput,
  annotations: { readOnlyHint: false, destructiveHint: false },
  need: "docs.write",
  async run({ document_id: document, text, index, after, revision, tab }, google) {
    requireRevision([index], revision);
    const { revision: now } = await editDocument(
      google.docs,
      { document, tab, revision },
      (found) => [insert(insertable(text), spotOf(found, { index, after }).index, found.id)],
      google.signal,
    );
    return edited("The text was inserted", now);
  },
});
