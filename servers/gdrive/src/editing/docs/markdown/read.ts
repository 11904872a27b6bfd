import type { Definition, List, ListItem, Nodes, Root, RootContent, Table } from "mdast";
import { insertable, type ListKind } from "../requests.ts";
import { type Links, linksOf, type Styled, styled } from "./styled.ts";

/** A paragraph to be. */
export interface Line extends Styled {
  /** As `HEADING_1`. */
  readonly style: string;
  /** How many quotations it is inside of. */
  readonly quotes: number;
  readonly item?: Item | undefined;
}

/** What makes a paragraph an item of a list. */
export interface Item {
  readonly kind: ListKind;
  readonly depth: number;
  /** The same for all items of one list, those of lists inside of it included. */
  readonly list: object;
}

/** Paragraphs that follow each other, or a table between them. */
export type Chunk =
  | { readonly kind: "lines"; readonly lines: readonly Line[] }
  | { readonly kind: "table"; readonly rows: readonly (readonly Styled[])[] };

/** Markdown (CommonMark, with GitHub's tables, strikethrough and task lists) as paragraphs and tables. */
export async function readMarkdown(markdown: string): Promise<Chunk[]> {
  const [{ fromMarkdown }, { gfmFromMarkdown }, { gfm }] = await Promise.all([
    import("mdast-util-from-markdown"),
    import("mdast-util-gfm"),
    import("micromark-extension-gfm"),
  ]);
  const options = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };
  const root = fromMarkdown(insertable(markdown), options);
  const links = linksOf(definitionsIn(root));
  return joined(root.children.flatMap((node) => chunksOf(node, { links, quotes: 0 })));
}

/** Where a block stands. */
interface Around {
  readonly links: Links;
  readonly quotes: number;
  readonly item?: Item | undefined;
}

function chunksOf(node: RootContent, around: Around): Chunk[] {
  const { links } = around;
  switch (node.type) {
    case "paragraph":
      return [lineOf(styled(node.children, links), around)];
    case "heading":
      return [lineOf(styled(node.children, links), around, `HEADING_${node.depth}`)];
    case "code":
      return [lineOf(code(node.value), around)];
    case "html":
      return [lineOf(styled([node], links), around)];
    case "thematicBreak":
      return [lineOf({ text: "⸻", spans: [] }, around)];
    case "blockquote":
      return node.children.flatMap((child) =>
        chunksOf(child, { ...around, quotes: around.quotes + 1 }),
      );
    case "footnoteDefinition":
      return node.children.flatMap((child) => chunksOf(child, around));
    case "list":
      return node.children.flatMap((item) => itemChunks(item, node, around));
    case "table":
      return [{ kind: "table", rows: rowsOf(node, links) }];
    default:
      return [];
  }
}

function lineOf(text: Styled, { quotes, item }: Around, style = "NORMAL_TEXT"): Chunk {
  const line = { ...text, style, quotes, ...(item && { item }) };
  return { kind: "lines", lines: text.text.trim() === "" ? [] : [line] };
}

function itemChunks(node: ListItem, { ordered }: List, around: Around): Chunk[] {
  const isTask = typeof node.checked === "boolean";
  const kind = isTask ? "checks" : ordered ? "numbers" : "bullets";
  const outer = around.item;
  const item = { kind, depth: outer ? outer.depth + 1 : 0, list: outer?.list ?? {} } as const;
  return node.children.flatMap((child) => chunksOf(child, { ...around, item }));
}

/** Lines of code are one paragraph, in which they break. */
function code(value: string): Styled {
  const text = value.replaceAll("\n", "\v");
  return { text, spans: text === "" ? [] : [{ start: 0, end: text.length, look: { code: true } }] };
}

function rowsOf({ children }: Table, links: Links): Styled[][] {
  return children.map((row, index) =>
    row.children.map((cell) => {
      const { text, spans } = styled(cell.children, links);
      const whole = { start: 0, end: text.length, look: { bold: true } };
      return { text, spans: index === 0 && text !== "" ? [whole, ...spans] : spans };
    }),
  );
}

function definitionsIn(node: Root | Nodes): Definition[] {
  if (node.type === "definition") return [node];
  return "children" in node ? node.children.flatMap(definitionsIn) : [];
}

/** Lines beside lines are one chunk. */
function joined(chunks: readonly Chunk[]): Chunk[] {
  const all: Chunk[] = [];
  for (const chunk of chunks) {
    const last = all.at(-1);
    if (last?.kind === "lines" && chunk.kind === "lines") {
      all[all.length - 1] = { kind: "lines", lines: [...last.lines, ...chunk.lines] };
    } else all.push(chunk);
  }
  return all.filter((chunk) => chunk.kind === "table" || chunk.lines.length > 0);
}
