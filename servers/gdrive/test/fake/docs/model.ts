import type { docs_v1 } from "@googleapis/docs";

/** A UTF-16 code unit of text, or something else in a line that takes one index. */
export interface Unit {
  readonly text?: string;
  readonly element?: docs_v1.Schema$ParagraphElement;
  style: docs_v1.Schema$TextStyle;
}

/** A paragraph; its line end is implied. */
export interface Paragraph {
  readonly kind: "paragraph";
  units: Unit[];
  style: docs_v1.Schema$ParagraphStyle;
  bullet?: docs_v1.Schema$Bullet | undefined;
}

/** A table: rows of cells of nodes. */
export interface Table {
  readonly kind: "table";
  rows: Node[][][];
}

/** What content consists of. */
export type Node = Paragraph | Table;

/** A paragraph of plain text. */
export function paragraph(text: string, style = "NORMAL_TEXT"): Paragraph {
  return { kind: "paragraph", units: unitsOf(text, {}), style: { namedStyleType: style } };
}

/** Text as units; it has no line end. */
export function unitsOf(text: string, style: docs_v1.Schema$TextStyle): Unit[] {
  return text.split("").map((unit) => ({ text: unit, style: { ...style } }));
}

/** How many indexes a node takes: a table, each row and each cell one besides what they hold, a table one at its end. */
export function sizeOf(node: Node): number {
  if (node.kind === "paragraph") return node.units.length + 1;
  const cells = node.rows.map((row) => 1 + row.reduce((sum, cell) => sum + 1 + sizeOfAll(cell), 0));
  return 2 + cells.reduce((sum, size) => sum + size, 0);
}

/** The same for several. */
export function sizeOfAll(nodes: readonly Node[]): number {
  return nodes.reduce((sum, node) => sum + sizeOf(node), 0);
}

/** Nodes as the API shows them, from an index on. */
export function shown(nodes: readonly Node[], from: number): docs_v1.Schema$StructuralElement[] {
  let index = from;
  return nodes.map((node) => {
    const startIndex = index;
    index += sizeOf(node);
    const range = { startIndex, endIndex: index };
    if (node.kind === "table") return { ...range, table: shownTable(node, startIndex) };
    const { style, bullet } = node;
    const elements = elementsOf(node, startIndex);
    return { ...range, paragraph: { elements, paragraphStyle: style, ...(bullet && { bullet }) } };
  });
}

function shownTable({ rows }: Table, from: number): docs_v1.Schema$Table {
  let index = from + 1;
  const tableRows = rows.map((row) => {
    const startIndex = index++;
    const tableCells = row.map((cell) => {
      const start = index++;
      const content = shown(cell, index);
      index += sizeOfAll(cell);
      return { startIndex: start, endIndex: index, content };
    });
    return { startIndex, endIndex: index, tableCells };
  });
  return { rows: rows.length, columns: rows[0]?.length ?? 0, tableRows };
}

/** Neighbours of one style make one run; the line end belongs to the last. */
function elementsOf({ units }: Paragraph, from: number): docs_v1.Schema$ParagraphElement[] {
  const elements: docs_v1.Schema$ParagraphElement[] = [];
  const all = [...units, { text: "\n", style: units.at(-1)?.style ?? {} }] as Unit[];
  for (const [offset, { text, element, style }] of all.entries()) {
    const range = { startIndex: from + offset, endIndex: from + offset + 1 };
    const last = elements.at(-1);
    if (element) elements.push({ ...range, ...element });
    else if (last?.textRun && JSON.stringify(last.textRun.textStyle) === JSON.stringify(style)) {
      last.textRun.content += text ?? "";
      last.endIndex = range.endIndex;
    } else elements.push({ ...range, textRun: { content: text ?? "", textStyle: style } });
  }
  return elements;
}
