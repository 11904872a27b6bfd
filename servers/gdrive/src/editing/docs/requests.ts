import type { docs_v1 } from "@googleapis/docs";

/** One change of a batch: Google makes all of a batch or none. */
export type Change = docs_v1.Schema$Request;

/** A stretch of a tab. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
  readonly tab: string;
}

/** What text can look like; undefined leaves a thing as it is. */
export interface TextLook {
  readonly bold?: boolean | undefined;
  readonly italic?: boolean | undefined;
  readonly underline?: boolean | undefined;
  readonly strikethrough?: boolean | undefined;
  /** In the letters of a typewriter. */
  readonly code?: true | undefined;
  /** An address; an empty one takes the link away. */
  readonly link?: string | undefined;
}

/** What a list has before its items. */
export type ListKind = keyof typeof PRESETS;

const PRESETS = {
  bullets: "BULLET_DISC_CIRCLE_SQUARE",
  numbers: "NUMBERED_DECIMAL_ALPHA_ROMAN",
  checks: "BULLET_CHECKBOX",
} as const;

/** The font of code. */
const CODE_FONT = "Courier New";

/** Points that a quotation is moved by. */
const QUOTE_INDENT = 36;

/** Text as Google will have it, so that indexes can be told: it leaves out these without a word. */
export function insertable(text: string): string {
  return text
    .replaceAll(/\r\n?/g, "\n")
    .replaceAll(/(?![\t\n\v])\p{Cc}|[\ue000-\uf8ff]/gu, "")
    .toWellFormed();
}

/** Puts text at an index; it looks like what is before it. */
export function insertText(text: string, index: number, tab: string): Change {
  return { insertText: { text, location: { index, tabId: tab } } };
}

/** Puts text behind what ends at `end`, as plain paragraphs of its own whatever is before them. */
export function appendParagraphs(
  text: string,
  end: number,
  hasText: boolean,
  tab: string,
): Change[] {
  const index = end - 1;
  const added = hasText ? `\n${text}` : text;
  const stretch = { start: index + (hasText ? 1 : 0), end: index + added.length + 1, tab };
  return [insertText(added, index, tab), ...plainly(stretch)];
}

/** Takes everything special from paragraphs, which a new one has from the one before it. */
export function plainly(stretch: Stretch): Change[] {
  const range = rangeOf(stretch);
  return [
    {
      updateParagraphStyle: {
        range,
        paragraphStyle: { namedStyleType: "NORMAL_TEXT" },
        fields: "namedStyleType,indentStart,indentFirstLine",
      },
    },
    { deleteParagraphBullets: { range } },
    // The last line end is not of the text.
    {
      updateTextStyle: {
        range: { ...range, endIndex: stretch.end - 1 },
        textStyle: {},
        fields: "*",
      },
    },
  ];
}

/** Deletes what is between two indexes. */
export function deleteRange(stretch: Stretch): Change {
  return { deleteContentRange: { range: rangeOf(stretch) } };
}

/** Puts a table behind the paragraph part that ends at `index`, and fills its cells. */
export function insertTable(
  rows: readonly (readonly string[])[],
  index: number,
  tab: string,
): Change[] {
  const { table, cellAt } = tableAt(rows, index, tab);
  const texts = rows.flatMap((row, r) =>
    row.flatMap((text, column) => (text === "" ? [] : [insertText(text, cellAt(r, column), tab)])),
  );
  // From the end, so that no text moves the cells of the others.
  return [table, ...texts.reverse()];
}

/** Puts an empty table for `rows` at an index; `cellAt` says where the text of each cell goes as long as all are empty. */
export function tableAt(
  rows: readonly (readonly unknown[])[],
  index: number,
  tab: string,
): { readonly table: Change; readonly cellAt: (row: number, column: number) => number } {
  const columns = Math.max(...rows.map((row) => row.length));
  return {
    table: { insertTable: { rows: rows.length, columns, location: { index, tabId: tab } } },
    // A line end comes first, then the table, its row and its cell take an index each; an empty cell is one line end.
    cellAt: (row, column) => index + 4 + row * (2 * columns + 1) + column * 2,
  };
}

/** Has Google fetch a picture and put it at an index; `width` is in points, its own when absent. */
export function insertImage(uri: string, index: number, tab: string, width?: number): Change {
  const objectSize = { width: { magnitude: width ?? 0, unit: "PT" } };
  const location = { index, tabId: tab };
  return { insertInlineImage: { uri, location, ...(width !== undefined && { objectSize }) } };
}

/** Makes text look so. */
export function styleText(stretch: Stretch, { link, code, ...marks }: TextLook): Change[] {
  const given = Object.entries(marks).filter(([, mark]) => mark !== undefined);
  const fields = given.map(([name]) => name);
  if (link !== undefined) fields.push("link");
  if (code) fields.push("weightedFontFamily");
  if (fields.length === 0) return [];
  const textStyle = {
    ...Object.fromEntries(given),
    ...(link && { link: { url: link } }),
    ...(code && { weightedFontFamily: { fontFamily: CODE_FONT } }),
  };
  return [{ updateTextStyle: { range: rangeOf(stretch), textStyle, fields: fields.join(",") } }];
}

/** Gives the paragraphs of a stretch a style of the document, as HEADING_1, and moves them in for each quotation. */
export function styleParagraphs(stretch: Stretch, style: string, quotes = 0): Change {
  const indent = { magnitude: QUOTE_INDENT * quotes, unit: "PT" };
  const isQuoted = quotes > 0;
  return {
    updateParagraphStyle: {
      range: rangeOf(stretch),
      paragraphStyle: {
        namedStyleType: style,
        ...(isQuoted && { indentStart: indent, indentFirstLine: indent }),
      },
      fields: `namedStyleType${isQuoted ? ",indentStart,indentFirstLine" : ""}`,
    },
  };
}

/** Makes the paragraphs of a stretch items of a list; tabs before them become their level and go. */
export function listParagraphs(stretch: Stretch, kind: ListKind): Change {
  return { createParagraphBullets: { range: rangeOf(stretch), bulletPreset: PRESETS[kind] } };
}

/** Makes items of a list paragraphs again. */
export function unlistParagraphs(stretch: Stretch): Change {
  return { deleteParagraphBullets: { range: rangeOf(stretch) } };
}

/** Replaces a text wherever it is in a tab, headers, footers and footnotes included. */
export function replaceAll(text: string, by: string, matchCase: boolean, tab: string): Change {
  return {
    replaceAllText: {
      containsText: { text, matchCase },
      replaceText: by,
      tabsCriteria: { tabIds: [tab] },
    },
  };
}

function rangeOf({ start, end, tab }: Stretch): docs_v1.Schema$Range {
  return { startIndex: start, endIndex: end, tabId: tab };
}
