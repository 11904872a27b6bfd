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
  /** An address; an empty one takes the link away. */
  readonly link?: string | undefined;
}

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
  const range = rangeOf({ start: index + (hasText ? 1 : 0), end: index + added.length, tab });
  const paragraphs = { ...range, endIndex: index + added.length + 1 };
  return [
    insertText(added, index, tab),
    {
      updateParagraphStyle: {
        range: paragraphs,
        paragraphStyle: { namedStyleType: "NORMAL_TEXT" },
        fields: "namedStyleType",
      },
    },
    { deleteParagraphBullets: { range: paragraphs } },
    { updateTextStyle: { range, textStyle: {}, fields: "*" } },
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
  const columns = Math.max(...rows.map((row) => row.length));
  // A newline comes first, then the table, its row and its cell take an index each; an empty cell is one newline.
  const cellAt = (row: number, column: number) => index + 4 + row * (2 * columns + 1) + column * 2;
  const texts = rows.flatMap((row, r) =>
    row.flatMap((text, c) => (text === "" ? [] : [insertText(text, cellAt(r, c), tab)])),
  );
  return [
    { insertTable: { rows: rows.length, columns, location: { index, tabId: tab } } },
    // From the end, so that no text moves the cells of the others.
    ...texts.reverse(),
  ];
}

/** Makes text look so. */
export function styleText(stretch: Stretch, { link, ...marks }: TextLook): Change[] {
  const given = Object.entries(marks).filter(([, mark]) => mark !== undefined);
  const fields = given.map(([name]) => name);
  if (link !== undefined) fields.push("link");
  if (fields.length === 0) return [];
  const textStyle = { ...Object.fromEntries(given), ...(link && { link: { url: link } }) };
  return [{ updateTextStyle: { range: rangeOf(stretch), textStyle, fields: fields.join(",") } }];
}

/** Gives the paragraphs of a stretch a style of the document, as HEADING_1. */
export function styleParagraphs(stretch: Stretch, style: string): Change {
  return {
    updateParagraphStyle: {
      range: rangeOf(stretch),
      paragraphStyle: { namedStyleType: style },
      fields: "namedStyleType",
    },
  };
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
