import type { slides_v1 } from "@googleapis/slides";

/** Something on a slide that has text. */
export interface SlideText {
  /** Of the shape or table. */
  readonly id: string;
  /** As `TITLE`, `BODY`; absent for what the layout does not give. */
  readonly kind?: string;
  readonly text: string;
}

/** The texts of a page, of groups and tables too; pictures by their descriptions. */
export function textsOf(elements: readonly slides_v1.Schema$PageElement[]): SlideText[] {
  return elements.flatMap((element) => {
    const { objectId, shape, table, elementGroup, title, description } = element;
    if (elementGroup) return textsOf(elementGroup.children ?? []);
    const id = objectId ?? "";
    if (table) return [{ id, kind: "TABLE", text: tableText(table) }];
    const text = shape ? textOf(shape.text) : [title, description].filter(Boolean).join(": ");
    if (text.trim() === "") return [];
    const kind = shape ? shape.placeholder?.type : "PICTURE";
    return [{ id, ...(kind && { kind }), text }];
  });
}

/** The texts in which a page's text can be found and replaced, one of each shape and cell. */
export function pieces(elements: readonly slides_v1.Schema$PageElement[]): string[] {
  return elements.flatMap(({ shape, table, elementGroup }) => {
    if (elementGroup) return pieces(elementGroup.children ?? []);
    if (table) return cellsOf(table).flatMap((row) => row.map((cell) => plain(cell.text)));
    return shape ? [plain(shape.text)] : [];
  });
}

/** Text in lines, with a mark and two spaces for each level before those of a list. */
export function textOf(content: slides_v1.Schema$TextContent | undefined): string {
  let mark = "";
  let isStart = true;
  let text = "";
  for (const { paragraphMarker, textRun, autoText } of content?.textElements ?? []) {
    if (paragraphMarker) {
      const { bullet } = paragraphMarker;
      mark = bullet ? `${"  ".repeat(bullet.nestingLevel ?? 0)}- ` : "";
      isStart = true;
    }
    const words = (textRun?.content ?? autoText?.content ?? "").replaceAll("\v", "\n");
    if (words === "") continue;
    text += isStart && words !== "\n" ? mark + words : words;
    isStart = false;
  }
  return text.trimEnd();
}

/** Text as Google keeps it, each paragraph with its line end. */
export function plain(content: slides_v1.Schema$TextContent | undefined): string {
  const elements = content?.textElements ?? [];
  return elements.map(({ textRun }) => textRun?.content ?? "").join("");
}

function cellsOf({ tableRows = [] }: slides_v1.Schema$Table): slides_v1.Schema$TableCell[][] {
  return tableRows.map(({ tableCells = [] }) => tableCells);
}

function tableText(table: slides_v1.Schema$Table): string {
  const rows = cellsOf(table).map((row) =>
    row.map(({ text }) => textOf(text).replaceAll("\n", "<br>")),
  );
  return rows.map((row) => `| ${row.join(" | ")} |`).join("\n");
}
