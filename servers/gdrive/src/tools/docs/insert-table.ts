import { s } from "@portico/core";
import { editDocument } from "../../editing/docs/edit.ts";
import { insertTable as insert, insertable } from "../../editing/docs/requests.ts";
import { requireRevision, spotOf } from "../../editing/docs/where.ts";
import { googleTool } from "../shared/google-tool.ts";
import { edited, editedOutput } from "./shared/edited.ts";
import { place, revision, which } from "./shared/parameters.ts";

/** Puts a filled table into a document. */
export const insertTable = googleTool({
  name: "insert_table",
  title: "Insert Table",
  description:
    "Put a table with these cells into a Google Docs document: at the end, at an index of read_document, or after a text that is there once.",
  input: s.object({
    ...which,
    rows: s.array(s.array(s.string({ maxLength: 10_000 }), { minItems: 1, maxItems: 20 }), {
      minItems: 1,
      maxItems: 100,
    }),
    ...place,
    revision,
  }),
  output: editedOutput,
  annotations: { readOnlyHint: false, destructiveHint: false },
  need: "docs.write",
  async run({ document_id: document, rows, index, after, revision, tab }, google) {
    requireRevision([index], revision);
    const texts = rows.map((row) => row.map(insertable));
    const { revision: now } = await editDocument(
      google.docs,
      { document, tab, revision },
      (found) => insert(texts, spotOf(found, { index, after }).index, found.id),
      google.signal,
    );
    return edited("The table was inserted", now);
  },
});
