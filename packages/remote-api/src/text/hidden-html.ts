/** Elements whose content no page shows. */
const UNSEEN = new Set([
  "script",
  "style",
  "template",
  "noscript",
  "head",
  "title",
  "iframe",
  "object",
]);

/** Also where a parser is inside a broken tag, which Markdown shows as text, and the comment after it not. */
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;

const HIDING_STYLE =
  /display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$)|font-size\s*:\s*0|(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*0/i;

/** Elements without an end. */
const VOID = new Set([
  "area",
  "base",
  "br",
  "col",
  "embed",
  "hr",
  "img",
  "input",
  "link",
  "meta",
  "source",
  "wbr",
]);

/**
 * `text` without the parts of HTML that a page would not show: comments, hidden elements, scripts. All else, Markdown
 * included, stays to the letter.
 * @param markup as long as `text`, and read in its place for what is hidden
 */
export async function withoutHiddenHtml(text: string, markup: string = text): Promise<string> {
  if (!markup.includes("<")) return text;
  const { Parser } = await import("htmlparser2");
  const cuts: [from: number, to: number][] = [...markup.matchAll(COMMENT)].map(
    ({ 0: comment, index }) => [index, index + comment.length],
  );
  /** Names of the elements open inside the hidden one, itself first. */
  let hidden: string[] = [];
  let from = 0;
  const cutThis = () => {
    if (hidden.length === 0) cuts.push([parser.startIndex, parser.endIndex + 1]);
  };
  const parser: InstanceType<typeof Parser> = new Parser(
    {
      onopentag(name, attributes) {
        if (hidden.length > 0) {
          if (!VOID.has(name)) hidden.push(name);
        } else if (isHidden(name, attributes)) {
          from = parser.startIndex;
          if (VOID.has(name)) cuts.push([from, parser.endIndex + 1]);
          else hidden = [name];
        }
      },
      onclosetag(name) {
        const at = hidden.lastIndexOf(name);
        if (at < 0) return;
        hidden.length = at;
        if (at === 0) cuts.push([from, parser.endIndex + 1]);
      },
      // What is left of comments are those that begin otherwise, as CDATA.
      oncomment: cutThis,
      onprocessinginstruction: cutThis,
    },
    { recognizeSelfClosing: false },
  );
  parser.end(markup.replace(COMMENT, (comment) => " ".repeat(comment.length)));
  return without(
    text,
    cuts.sort(([one], [other]) => one - other),
  );
}

function isHidden(name: string, attributes: Readonly<Record<string, string>>): boolean {
  const { style = "" } = attributes;
  return (
    UNSEEN.has(name) ||
    "hidden" in attributes ||
    attributes["aria-hidden"] === "true" ||
    HIDING_STYLE.test(style)
  );
}

function without(text: string, cuts: readonly (readonly [number, number])[]): string {
  let left = "";
  let at = 0;
  for (const [from, to] of cuts) {
    left += text.slice(at, Math.max(at, from));
    at = Math.max(at, to);
  }
  return left + text.slice(at);
}
