import { s, ToolError } from "@portico/core";
import { editDocument } from "../../editing/docs/edit.ts";
import { markdownChanges } from "../../editing/docs/markdown/changes.ts";
import { readMarkdown } from "../../editing/docs/markdown/read.ts";
import { requireRevision, spotOf } from "../../editing/docs/where.ts";
import { googleTool } from "../shared/google-tool.ts";
import { edited, editedOutput } from "./shared/edited.ts";
import { place, revision, which } from "./shared/parameters.ts";

/** Puts formatted paragraphs into a document. */
export const insertMarkdown = googleTool({
  name: "insert_markdown",
  title: "Insert Markdown",
  description:
    "Put Markdown into a Google Docs document as formatted paragraphs of their own: headings, lists, tables, links, code. At the end, at an index, or after a text that is there once. Pictures become links.",
  input: s.object({
    ...which,
    markdown: s.string({ minLength: 1, maxLength: 100_000 }),
    ...place,
    revision,
  }),
  output: editedOutput,
  annotations: { readOnlyHint: false, destructiveHint: false },
  need: "docs.write",
  async run({ document_id: document, markdown, index, after, revision, tab }, google) {
    requireRevision([index], revision);
    const chunks = await readMarkdown(markdown);
    if (chunks.length === 0) throw new ToolError("There is nothing in the Markdown to insert.");
    const { revision: now } = await editDocument(
      google.docs,
      { document, tab, revision },
      (found) => markdownChanges(chunks, spotOf(found, { index, after }), found.id),
      google.signal,
    );
    return edited("The Markdown was inserted", now);
  },
});
