import { s } from "@portico/core";
import { editDocument } from "../../editing/docs/edit.ts";
import { appendParagraphs, insertable } from "../../editing/docs/requests.ts";
import { googleTool } from "../shared/google-tool.ts";
import { edited, editedOutput } from "./shared/edited.ts";
import { which } from "./shared/parameters.ts";

/** Adds paragraphs at the end of a document. */
export const appendText = googleTool({
  name: "append_text",
  title: "Append Text",
  description:
    "Add text at the end of a Google Docs document, as plain paragraphs of its own; line breaks begin further ones. For Markdown there is insert_markdown.",
  input: s.object({ ...which, text: s.string({ minLength: 1, maxLength: 100_000 }) }),
  output: editedOutput,
  annotations: { readOnlyHint: false, destructiveHint: false },
  need: "docs.write",
  async run({ document_id: document, text, tab }, google) {
    const added = insertable(text);
    const { revision: now } = await editDocument(
      google.docs,
      { document, tab },
      ({ id: tabId, body }) => {
        const last = body.at(-1);
        const end = last?.endIndex ?? 2;
        const isEmpty = end - (last?.startIndex ?? 0) <= 1;
        return appendParagraphs(added, end, !isEmpty, tabId);
      },
      google.signal,
    );
    return edited("The text is at the end of the document", now);
  },
});
