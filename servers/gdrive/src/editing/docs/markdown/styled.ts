import type { Definition, PhrasingContent } from "mdast";
import { insertable, type TextLook } from "../requests.ts";

/** A part of a text that looks different; the beginning of the text is 0. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly look: TextLook;
}

/** Text with how its parts look. It has no line end. */
export interface Styled {
  readonly text: string;
  readonly spans: readonly Span[];
}

/** Addresses that links of Markdown name elsewhere, by their labels. */
export type Links = ReadonlyMap<string, string>;

/** The addresses that definitions give. */
export function linksOf(definitions: readonly Definition[]): Links {
  return new Map(definitions.map(({ identifier, url }) => [identifier, url]));
}

/** What stands in a line. */
export function styled(nodes: readonly PhrasingContent[], links: Links): Styled {
  const spans: Span[] = [];
  let text = "";
  for (const { words, look } of nodes.flatMap((node) => piecesOf(node, {}, links))) {
    const start = text.length;
    text += insertable(words).replaceAll("\n", " ");
    const isSpecial = text.length > start && Object.keys(look).length > 0;
    if (isSpecial) spans.push({ start, end: text.length, look });
  }
  return { text, spans };
}

interface Piece {
  readonly words: string;
  readonly look: TextLook;
}

function piecesOf(node: PhrasingContent, look: TextLook, links: Links): Piece[] {
  const piece = (words: string, more: TextLook = {}) => [{ words, look: { ...look, ...more } }];
  const inner = (more: TextLook) => {
    const children = "children" in node ? node.children : [];
    return children.flatMap((child) => piecesOf(child, { ...look, ...more }, links));
  };
  switch (node.type) {
    case "text":
    case "html":
      return piece(node.value);
    case "inlineCode":
      return piece(node.value, { code: true });
    case "break":
      return piece("\v");
    case "strong":
      return inner({ bold: true });
    case "emphasis":
      return inner({ italic: true });
    case "delete":
      return inner({ strikethrough: true });
    case "link":
      return inner(linking(node.url));
    case "linkReference":
      return inner(linking(links.get(node.identifier)));
    // Nothing is fetched from where a picture lies: a link leads there.
    case "image":
      return piece(node.alt || node.url, linking(node.url));
    case "imageReference":
      return piece(node.alt || node.identifier, linking(links.get(node.identifier)));
    case "footnoteReference":
      return piece(`[^${node.label ?? node.identifier}]`);
  }
}

/** Whether a link may lead to this address. */
export function isLinkable(address: string): boolean {
  const protocol = URL.canParse(address) ? new URL(address).protocol : "";
  return ["https:", "http:", "mailto:"].includes(protocol);
}

function linking(address: string | undefined): TextLook {
  return address !== undefined && isLinkable(address) ? { link: address } : {};
}
