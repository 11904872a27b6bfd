import type { GoogleTool } from "../shared/google-tool.ts";
import { appendText } from "./append-text.ts";
import { deleteRange } from "./delete-range.ts";
import { insertImage } from "./insert-image.ts";
import { insertMarkdown } from "./insert-markdown.ts";
import { insertTable } from "./insert-table.ts";
import { insertText } from "./insert-text.ts";
import { readDocumentTool } from "./read-document.ts";
import { replaceText } from "./replace-text.ts";
import { styleText } from "./style-text.ts";

/** Tools of Google's documents: the toolset `docs`. */
export const docs: readonly GoogleTool[] = [
  readDocumentTool,
  appendText,
  insertText,
  insertMarkdown,
  replaceText,
  deleteRange,
  insertTable,
  insertImage,
  styleText,
];
