import type { docs_v1 } from "@googleapis/docs";
import { shortened } from "../shortened.ts";
import { inline } from "./inline.ts";
import type { Content, Tab } from "./tabs.ts";

/** A paragraph, or a row of a table, as Markdown; `start` and `end` are indexes of the document. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly markdown: string;
  /** Of a row: the index where the text of each of its cells begins. */
  readonly cells?: number[];
}

/** Most UTF-16 code units of a paragraph in one block; a longer one becomes several. */
const LONGEST = 4_000;

/** What a tab holds from an index on. */
export function blocksOf(tab: Tab, from: number): Block[] {
  return tab.body.flatMap((element) => {
    const { startIndex, endIndex, paragraph, table, tableOfContents } = element;
    const [start, end] = [startIndex ?? 0, endIndex ?? 0];
    if (end <= from) return [];
    if (paragraph) return paragraphBlocks(paragraph, Math.max(start, from), end, tab);
    if (table) return rowBlocks(table, tab).filter((row) => row.end > from);
    return tableOfContents ? [{ start, end, markdown: "[table of contents]" }] : [];
  });
}

function paragraphBlocks(
  paragraph: docs_v1.Schema$Paragraph,
  from: number,
  to: number,
  tab: Tab,
): Block[] {
  const blocks: Block[] = [];
  const first = paragraph.elements?.[0]?.startIndex ?? from;
  for (let start = from; start < to; ) {
    const end = start + LONGEST >= to ? to : pieceEnd(paragraph, start + LONGEST);
    const elements = (paragraph.elements ?? []).flatMap((element) => cut(element, start, end));
    const text = inline(elements, tab);
    if (text.trim() !== "") {
      blocks.push({
        start,
        end,
        markdown: start === first ? prefixOf(paragraph, tab) + text : text,
      });
    }
    start = end;
  }
  return blocks;
}

/** A place to cut at that is no half of a character. */
function pieceEnd({ elements = [] }: docs_v1.Schema$Paragraph, index: number): number {
  const isHalf = elements.some(({ startIndex, textRun }) =>
    isInsideCharacter(textRun?.content ?? "", index - (startIndex ?? 0)),
  );
  return isHalf ? index - 1 : index;
}

/** Whether a character above U+FFFF lies across a place of a text. */
export function isInsideCharacter(text: string, at: number): boolean {
  return at > 0 && at < text.length && (text.codePointAt(at - 1) ?? 0) > 0xffff;
}

/** The part of an element between two indexes. */
function cut(
  element: docs_v1.Schema$ParagraphElement,
  from: number,
  to: number,
): docs_v1.Schema$ParagraphElement[] {
  const { startIndex, endIndex, textRun } = element;
  const [start, end] = [startIndex ?? 0, endIndex ?? 0];
  if (end <= from || start >= to) return [];
  if (!textRun) return start >= from ? [element] : [];
  const content = (textRun.content ?? "").slice(Math.max(0, from - start), to - start);
  return [{ ...element, textRun: { ...textRun, content } }];
}

const NUMBERS = /DECIMAL|ALPHA|ROMAN/;

function prefixOf({ bullet, paragraphStyle }: docs_v1.Schema$Paragraph, { parts }: Tab): string {
  const style = paragraphStyle?.namedStyleType ?? "";
  if (style === "TITLE") return "# ";
  if (style.startsWith("HEADING_")) return `${"#".repeat(Number(style.slice(-1)))} `;
  if (!bullet) return "";
  const depth = bullet.nestingLevel ?? 0;
  const levels = parts.lists?.[bullet.listId ?? ""]?.listProperties?.nestingLevels ?? [];
  const isNumbered = NUMBERS.test(levels[depth]?.glyphType ?? "");
  return `${"  ".repeat(depth)}${isNumbered ? "1." : "-"} `;
}

function rowBlocks({ tableRows = [] }: docs_v1.Schema$Table, tab: Tab): Block[] {
  return tableRows.map(({ startIndex, endIndex, tableCells = [] }, row) => {
    const texts = tableCells.map(({ content = [] }) => cellText(content, tab));
    const line = `| ${texts.join(" | ")} |`;
    const rule = row === 0 ? `\n|${" --- |".repeat(texts.length)}` : "";
    const cells = tableCells.map((cell) => cell.content?.[0]?.startIndex ?? 0);
    return { start: startIndex ?? 0, end: endIndex ?? 0, markdown: line + rule, cells };
  });
}

/** Tokens of a cell that are shown with its row. */
const CELL_TOKENS = 1_000;

function cellText(content: Content, tab: Tab): string {
  const text = content
    .map(({ paragraph, table }) => {
      if (paragraph) return inline(paragraph.elements ?? [], tab);
      return table
        ? rowBlocks(table, tab)
            .map(({ markdown }) => markdown)
            .join(" ")
        : "";
    })
    .join("<br>")
    .replaceAll("\n", " ");
  return shortened(text, CELL_TOKENS);
}
