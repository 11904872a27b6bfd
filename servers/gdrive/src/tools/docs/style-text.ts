import { s, ToolError } from "@portico/core";
import { editDocument } from "../../editing/docs/edit.ts";
import { isLinkable } from "../../editing/docs/markdown/styled.ts";
import {
  listParagraphs,
  styleText as restyle,
  styleParagraphs,
  unlistParagraphs,
} from "../../editing/docs/requests.ts";
import { boundsOf, requireRevision } from "../../editing/docs/where.ts";
import { googleTool } from "../shared/google-tool.ts";
import { edited, editedOutput } from "./shared/edited.ts";
import { part, revision, which } from "./shared/parameters.ts";

const STYLES = [
  "NORMAL_TEXT",
  "TITLE",
  "SUBTITLE",
  "HEADING_1",
  "HEADING_2",
  "HEADING_3",
  "HEADING_4",
  "HEADING_5",
  "HEADING_6",
] as const;

/** Changes how a part of a document looks. */
export const styleText = googleTool({
  name: "style_text",
  title: "Style Text",
  description:
    "Style a part of a Google Docs document: bold, italic, underline, strikethrough, a link (empty takes it away), or its paragraphs: their style, or a list of them. The part is from one index up to another, or a text that is there once.",
  input: s.object({
    ...which,
    ...part,
    bold: s.optional(s.boolean()),
    italic: s.optional(s.boolean()),
    underline: s.optional(s.boolean()),
    strikethrough: s.optional(s.boolean()),
    link: s.optional(s.string({ maxLength: 2_000 })),
    paragraph_style: s.optional(s.enum(STYLES)),
    list: s.optional(s.enum(["bullets", "numbers", "checks", "none"])),
    revision,
  }),
  output: editedOutput,
  annotations: { readOnlyHint: false, destructiveHint: false, idempotentHint: true },
  need: "docs.write",
  async run(args, google) {
    const { document_id: document, start, end, text, revision, tab, list, ...rest } = args;
    const { bold, italic, underline, strikethrough, link, paragraph_style: paragraphStyle } = rest;
    requireRevision([start, end], revision);
    if (link !== undefined && link !== "") checkLink(link);
    const look = { bold, italic, underline, strikethrough, link };
    const isNothing = Object.values({ ...look, paragraphStyle, list }).every(
      (one) => one === undefined,
    );
    if (isNothing) throw new ToolError("Say what to change: bold, link, paragraph_style, ….");
    const { revision: now } = await editDocument(
      google.docs,
      { document, tab, revision },
      (found) => {
        const stretch = { ...boundsOf(found, { start, end, text }), tab: found.id };
        return [
          ...(paragraphStyle ? [styleParagraphs(stretch, paragraphStyle)] : []),
          ...restyle(stretch, look),
          ...(list === "none" ? [unlistParagraphs(stretch)] : []),
          ...(list && list !== "none" ? [listParagraphs(stretch, list)] : []),
        ];
      },
      google.signal,
    );
    return edited("It was styled", now);
  },
});

function checkLink(link: string): void {
  if (isLinkable(link)) return;
  throw new ToolError(
    "link must be a whole address that begins with https://, http:// or mailto:.",
  );
}
