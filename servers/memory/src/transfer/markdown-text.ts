/** Characters that begin markup somewhere in CommonMark or in what GitHub and Obsidian add to it. */
const MARKUP = /[\\`*_{}[\]<>#|~&!$^=@%]|:(?=[:/])|(?<=www)\./gi;

/** What begins a list at the beginning of a line. */
const LIST = /^(?=[-+])|^(\d{1,9})(?=[.)])/;

/** Invisible characters, ends of lines among them, and blanks that would be trimmed. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]|^\s|\s$/gu;

const REFERENCE = /\\([!-/:-@[-`{-~])|&(?:#x([\da-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|nbsp));/gi;

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  nbsp: "\u00a0",
};

/** A text as one line of Markdown that shows it and is nothing else: no link, no HTML, no heading, no list. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(MARKUP, "\\$&")
    .replace(LIST, "$1\\")
    .replaceAll(UNSEEN, (one) => `&#x${one.codePointAt(0)?.toString(16)};`);
}

/** What a line of Markdown shows, where it has no other markup. */
export function unescapeMarkdown(line: string): string {
  return line.replaceAll(REFERENCE, (all, escaped, hex, decimal, name) => {
    if (escaped !== undefined) return escaped;
    if (name !== undefined) return NAMED[name.toLowerCase()] as string;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

/** Where renderers put a heading: always a place on the page itself. */
export function anchorOf(heading: string): string {
  const slug = heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
  return `#${slug}`;
}
