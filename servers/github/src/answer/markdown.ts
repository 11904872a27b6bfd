import { seen } from "@portico/remote-api";

/** What a person sees of Markdown as GitHub shows it: without invisible characters and hidden HTML, but for code, in which tags are words. */
export async function asRendered(text: string): Promise<string> {
  return text.includes("<") ? seen(text, withoutTagsInCode(text)) : seen(text);
}

const LINE = /[^\r\n]*(?:\r\n?|\n|$)/g;

/** Begins or ends a block of code where it is indented by less than four. */
const FENCE = /^( {0,3})(`{3,}(?!.*`)|~{3,})/;

const SPAN = /(?<!`)(`+)(?!`)[^|]*?(?<!`)\1(?!`)/g;

/** Blocks of HTML that do not end with a blank line, wherever they begin. */
const LONG_HTML = /<(?:pre|script|style|textarea|[!?])/i;

const COMMENT_LINE = /^<!--/;

/** Where a scan of lines is. `lost` is for good: what is code from here on cannot be told line by line. */
type State = { readonly fence: string } | "text" | "comment" | "until blank" | "lost";

/**
 * The text with a space for each `<` that is surely in code by the rules of CommonMark. GH2: what is doubtful is not,
 * since strangers would hide tags from this and not from the page.
 */
function withoutTagsInCode(text: string): string {
  let state: State = "text";
  let markup = "";
  for (const [line] of text.matchAll(LINE)) {
    const isFenced = typeof state === "object";
    const shown = state === "text" && !FENCE.test(line) ? inlineBlanked(line) : line;
    markup += isFenced ? blank(line) : shown;
    state = after(line, state, shown);
  }
  return markup;
}

/** The line with its inline code blanked, where all of that ends on it and nothing else on it may be a tag. */
function inlineBlanked(line: string): string {
  return isPlain(line) ? line.replace(SPAN, blank) : line;
}

function isPlain(line: string): boolean {
  return !line.includes("\\`") && !/`|<[a-z/!?]/i.test(line.replace(SPAN, ""));
}

const blank = (code: string) => code.replaceAll("<", " ");

/** @param markup the line without tags in inline code */
function after(line: string, state: State, markup: string): State {
  if (state === "lost") return state;
  if (typeof state === "object") return endsFence(line, state.fence) ? "text" : state;
  const [isFence, indent, fence] = FENCE.exec(line) ?? [];
  const begins = state === "text" && COMMENT_LINE.test(line);
  if (begins || state === "comment") return afterComment(line);
  if (LONG_HTML.test(markup)) return "lost";
  if (isFence !== undefined) return state === "text" && indent === "" ? { fence: fence! } : "lost";
  if (line.trim() === "") return "text";
  return state === "text" && isPlain(line) ? "text" : "until blank";
}

/** A comment that begins a line ends with the line that closes it. */
function afterComment(line: string): State {
  const end = line.indexOf("-->");
  if (end < 0) return "comment";
  return line.slice(end + 3).trim() === "" ? "text" : "lost";
}

function endsFence(line: string, fence: string): boolean {
  const end = line.replace(/^ {0,3}/, "").trimEnd();
  return end.length >= fence.length && end === fence[0]!.repeat(end.length);
}
