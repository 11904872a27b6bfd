import {
  type Change,
  insertText,
  listParagraphs,
  plainly,
  type Stretch,
  styleParagraphs,
  styleText,
  tableAt,
} from "../requests.ts";
import type { Chunk, Line } from "./read.ts";
import type { Styled } from "./styled.ts";

/** Where paragraphs of their own are put: an index, and the paragraph it is in. */
export interface Spot {
  readonly index: number;
  readonly start: number;
  readonly end: number;
}

/** The changes that put chunks behind what is before `index`, as paragraphs of their own. */
export function markdownChanges(chunks: readonly Chunk[], spot: Spot, tab: string): Change[] {
  const { index, start, end } = spot;
  const hasBefore = index > start;
  const hasAfter = index < end - 1;
  const at = hasBefore ? index + 1 : index;
  return [
    ...(hasBefore ? [insertText("\n", index, tab)] : []),
    ...(hasAfter ? [insertText("\n", at, tab)] : []),
    // The last first, each at the same place: no change moves what another one is about.
    ...chunks
      .toReversed()
      .flatMap((chunk) =>
        chunk.kind === "table"
          ? tableChanges(chunk.rows, at, tab)
          : lineChanges(chunk.lines, at, tab),
      ),
  ];
}

function tableChanges(rows: readonly (readonly Styled[])[], at: number, tab: string): Change[] {
  const { table, cellAt } = tableAt(rows, at, tab);
  const cells = rows.flatMap((row, r) =>
    row.map((cell, column) => cellChanges(cell, cellAt(r, column), tab)),
  );
  // From the end, so that no text moves the cells of the others.
  return [table, ...cells.toReversed().flat()];
}

function cellChanges({ text, spans }: Styled, at: number, tab: string): Change[] {
  if (text === "") return [];
  return [insertText(text, at, tab), ...spanChanges({ text, spans }, at, tab)];
}

/** The paragraphs of a place where there is an empty one. */
function lineChanges(lines: readonly Line[], at: number, tab: string): Change[] {
  // Google reads the level of an item off the tabs before it, and takes them away.
  const texts = lines.map(({ text, item }) => "\t".repeat(item?.depth ?? 0) + text);
  let next = at;
  const stretches = texts.map((text): Stretch => {
    const start = next;
    next += text.length + 1;
    return { start, end: next, tab };
  });
  const whole = { start: at, end: next, tab };
  return [
    insertText(texts.join("\n"), at, tab),
    ...plainly(whole),
    ...lines.flatMap((line, index) => {
      const { start, end } = stretches[index]!;
      const isPlain = line.style === "NORMAL_TEXT" && line.quotes === 0;
      const look = styleParagraphs({ start, end, tab }, line.style, line.quotes);
      const from = start + (line.item?.depth ?? 0);
      return [...(isPlain ? [] : [look]), ...spanChanges(line, from, tab)];
    }),
    // From the end, for the tabs that go.
    ...listsOf(lines, stretches).toReversed(),
  ];
}

function listsOf(lines: readonly Line[], stretches: readonly Stretch[]): Change[] {
  const lists: { stretch: Stretch; item: NonNullable<Line["item"]> }[] = [];
  for (const [index, { item }] of lines.entries()) {
    const stretch = stretches[index]!;
    const last = lists.at(-1);
    const goesOn =
      item && last && lines[index - 1]?.item?.list === item.list && last.item.kind === item.kind;
    if (goesOn) last.stretch = { ...last.stretch, end: stretch.end };
    else if (item) lists.push({ stretch, item });
  }
  return lists.map(({ stretch, item }) => listParagraphs(stretch, item.kind));
}

function spanChanges({ spans }: Styled, at: number, tab: string): Change[] {
  return spans.flatMap(({ start, end, look }) =>
    styleText({ start: at + start, end: at + end, tab }, look),
  );
}
