import type { docs_v1 } from "@googleapis/docs";
import { Refusal } from "../http.ts";
import {
  type Node,
  type Paragraph,
  paragraph,
  sizeOf,
  sizeOfAll,
  type Unit,
  unitsOf,
} from "./model.ts";

/** Where a paragraph is, and how far into it an index is. */
interface Spot {
  readonly nodes: Node[];
  readonly at: number;
  readonly paragraph: Paragraph;
  readonly offset: number;
}

/** Puts text at an index; line ends in it split the paragraph. */
export function insertText(nodes: Node[], from: number, index: number, text: string): void {
  const spot = spotOf(nodes, from, index);
  const { paragraph, offset } = spot;
  const style = (paragraph.units[offset - 1] ?? paragraph.units[offset])?.style ?? {};
  const kept = text.replaceAll(/(?![\t\n\v\x7f-\x9f])\p{Cc}|[\ue000-\uf8ff]/gu, "");
  if (kept === "") throw new Refusal(400, "badRequest", "Insert text requests must specify text.");
  const [first = "", ...others] = kept.split("\n");
  const rest = paragraph.units.splice(offset);
  paragraph.units.push(...unitsOf(first, style));
  const added = others.map((line): Paragraph => ({ ...paragraph, units: unitsOf(line, style) }));
  (added.at(-1) ?? paragraph).units.push(...rest);
  spot.nodes.splice(spot.at + 1, 0, ...added);
}

/** Puts something that is no text at an index. */
export function insertElement(
  nodes: Node[],
  from: number,
  index: number,
  element: docs_v1.Schema$ParagraphElement,
): void {
  const { paragraph, offset } = spotOf(nodes, from, index);
  paragraph.units.splice(offset, 0, { element, style: {} });
}

/** Puts an empty table at an index, behind a line end of its own. */
export function insertTable(
  nodes: Node[],
  from: number,
  index: number,
  rows: number,
  columns: number,
): void {
  const spot = spotOf(nodes, from, index);
  const rest = { ...spot.paragraph, units: spot.paragraph.units.splice(spot.offset) };
  const cell = () => [paragraph("")];
  const row = () => Array.from({ length: columns }, cell);
  const table: Node = { kind: "table", rows: Array.from({ length: rows }, row) };
  spot.nodes.splice(spot.at + 1, 0, table, rest);
}

/** Deletes what is between two indexes of one content. */
export function deleteRange(nodes: Node[], from: number, start: number, end: number): void {
  if (start >= end) throw new Refusal(400, "badRequest", "The range should not be empty.");
  for (const [cell, at] of cellsWithin(nodes, from)) {
    if (start >= at && end <= at + sizeOfAll(cell)) return deleteRange(cell, at, start, end);
  }
  if (start < from || end >= from + sizeOfAll(nodes)) {
    throw new Refusal(
      400,
      "badRequest",
      "The range cannot include the newline character at the end of the segment.",
    );
  }
  const [a, startOffset] = nodeAt(nodes, from, start);
  const [b, endOffset] = nodeAt(nodes, from, end);
  const [first, last] = [nodes[a]!, nodes[b]!];
  if ((first.kind === "table" && startOffset > 0) || last.kind === "table") {
    throw new Refusal(
      400,
      "badRequest",
      "Invalid deletion range. Cannot delete the requested range.",
    );
  }
  const tail = last.units.slice(endOffset);
  if (first.kind === "table") {
    last.units = tail;
    nodes.splice(a, b - a);
    return;
  }
  first.units = [...first.units.slice(0, startOffset), ...tail];
  nodes.splice(a + 1, b - a);
}

/** Every unit between two indexes, those of tables included. */
export function unitsWithin(nodes: Node[], from: number, range: docs_v1.Schema$Range): Unit[] {
  return paragraphsOf(nodes, from).flatMap(({ paragraph, at }) =>
    paragraph.units.filter((_, offset) => isWithin(at + offset, at + offset + 1, range)),
  );
}

/** Every paragraph that has something between two indexes. */
export function paragraphsWithin(
  nodes: Node[],
  from: number,
  range: docs_v1.Schema$Range,
): Paragraph[] {
  return paragraphsOf(nodes, from)
    .filter(({ paragraph, at }) => isWithin(at, at + sizeOf(paragraph), range))
    .map(({ paragraph }) => paragraph);
}

/** Replaces a text in all paragraphs; how often it was there. */
export function replaceAll(nodes: Node[], text: string, by: string, matchCase: boolean): number {
  const pattern = new RegExp(text.replaceAll(/\W/g, "\\$&"), matchCase ? "g" : "gi");
  let count = 0;
  for (const { paragraph } of paragraphsOf(nodes, 0)) {
    const shown = paragraph.units.map((unit) => unit.text ?? "\ufffc").join("");
    for (const { index } of [...shown.matchAll(pattern)].reverse()) {
      const style = paragraph.units[index]?.style ?? {};
      paragraph.units.splice(index, text.length, ...unitsOf(by, style));
      count++;
    }
  }
  return count;
}

function isWithin(start: number, end: number, range: docs_v1.Schema$Range): boolean {
  return end > (range.startIndex ?? 0) && start < (range.endIndex ?? 0);
}

function spotOf(nodes: Node[], from: number, index: number): Spot {
  for (const [content, at] of [[nodes, from] as const, ...cellsWithin(nodes, from)]) {
    if (index < at || index >= at + sizeOfAll(content)) continue;
    const [place, offset] = nodeAt(content, at, index);
    const node = content[place];
    if (node?.kind === "paragraph") return { nodes: content, at: place, paragraph: node, offset };
  }
  throw new Refusal(
    400,
    "badRequest",
    `Index ${index} must be inside the bounds of an existing paragraph.`,
  );
}

/** Which node an index is in, and how far. */
function nodeAt(nodes: readonly Node[], from: number, index: number): [number, number] {
  let at = from;
  for (const [place, node] of nodes.entries()) {
    const size = sizeOf(node);
    if (index < at + size) return [place, index - at];
    at += size;
  }
  throw new Refusal(400, "badRequest", `Index ${index} must be less than the end of the segment.`);
}

/** The contents of all cells, with the index where each begins; the innermost last. */
function cellsWithin(nodes: readonly Node[], from: number): [Node[], number][] {
  const found: [Node[], number][] = [];
  let at = from;
  for (const node of nodes) {
    let index = at + 1;
    for (const row of node.kind === "table" ? node.rows : []) {
      index++;
      for (const cell of row) {
        index++;
        found.push([cell, index], ...cellsWithin(cell, index));
        index += sizeOfAll(cell);
      }
    }
    at += sizeOf(node);
  }
  return found;
}

function paragraphsOf(
  nodes: Node[],
  from: number,
): { readonly paragraph: Paragraph; readonly at: number }[] {
  return [[nodes, from] as const, ...cellsWithin(nodes, from)].flatMap(([content, start]) => {
    let at = start;
    return content.flatMap((node) => {
      const here = at;
      at += sizeOf(node);
      return node.kind === "paragraph" ? [{ paragraph: node, at: here }] : [];
    });
  });
}
