import { reachingFunctions } from "../editing/sheets/formulas.ts";

/**
 * What in a text makes Google fetch from elsewhere once it is converted, and so could carry data out: pictures and
 * styles of HTML and Markdown, functions in the formulas of a table. It rather finds too much than too little.
 * @returns what it is, for a sentence; nothing where there is none
 */
export function reachingParts(text: string, mimeType: string): string | undefined {
  if (/csv|tab-separated/.test(mimeType)) return formulasIn(text);
  if (!/html|markdown/.test(mimeType)) return undefined;
  return hasPictures(text) || hasFetchingHtml(text) ? PICTURES : undefined;
}

const PICTURES =
  "pictures or styles that Google fetches from other addresses, which may carry data out";

/** Begins a cell: the text, a line, a separator or a quote, and what a spreadsheet skips. */
const FORMULA = /(?:^|[^\p{L}\p{N}_\s])[ \t]*=|(?:^|[,;\t|"])[ "']{0,20}[+@{-]/mu;

/** Functions to name in a sentence. */
const MOST_NAMED = 5;

/** How cells are separated is for Google to find out, so all of the text is looked at as if it were one formula. */
function formulasIn(text: string): string | undefined {
  const plain = text.normalize("NFKC").replaceAll(/\p{Cf}/gu, "");
  const functions = FORMULA.test(plain) ? reachingFunctions([[`=${text}`]]) : [];
  if (functions.length === 0) return undefined;
  const named = functions.slice(0, MOST_NAMED).join(", ");
  return `formulas with ${named}, which Google runs and which may send what the table holds elsewhere`;
}

/** A picture of Markdown that does not itself hold its data. */
const PICTURE = /!\[(?![^\]]{0,1000}\]\(\s*<?data:image\/)/i;

function hasPictures(text: string): boolean {
  return PICTURE.test(text);
}

/** Names of attributes and elements, and words of CSS, that lead to a request. */
const FETCHING = [
  /[\s"'/]src\s*=(?!\s*["']?data:image\/)/i,
  /[\s"'/](?:srcset|background|poster|lowsrc|dynsrc|data|xlink:href|imagesrcset)\s*=/i,
  /<\s*(?:link|base|meta|iframe|frame|embed|object|import|image|use)\b/i,
  /url\s*\(|@import|image-set/i,
];

/** CSS can spell all of that with escapes, and in an attribute with those of HTML. */
const STYLE_VALUE = /style\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]*)/gi;

function hasFetchingHtml(text: string): boolean {
  if (!text.includes("<")) return false;
  if (FETCHING.some((part) => part.test(text))) return true;
  if (/<style/i.test(text) && text.includes("\\")) return true;
  return [...text.matchAll(STYLE_VALUE)].some(([value]) => /[\\&]/.test(value));
}
