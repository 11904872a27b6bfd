/**
 * What in a text makes Google fetch from elsewhere once it is converted, and so could carry data out: pictures and
 * styles of HTML and Markdown, functions in the formulas of a table. It rather finds too much than too little.
 * @returns what it is, for a sentence; nothing where there is none
 */
export function reachingParts(text: string, mimeType: string): string | undefined {
  if (/csv|tab-separated/.test(mimeType)) return hasFunctions(text) ? FORMULAS : undefined;
  if (!/html|markdown/.test(mimeType)) return undefined;
  return hasPictures(text) || hasFetchingHtml(text) ? PICTURES : undefined;
}

const FORMULAS =
  "formulas with functions, which Google runs and which may send what the table holds elsewhere";
const PICTURES =
  "pictures or styles that Google fetches from other addresses, which may carry data out";

/** Begins a cell: the text, a line, a separator or a quote, and what a spreadsheet skips. */
const FORMULA = /(?:^|[^\p{L}\p{N}_\s])[ \t]*=|(?:^|[,;\t|"])[ "']{0,20}[+@-]/mu;

const CALL = /[\p{L}\p{N}_.]\s*\(/u;

function hasFunctions(text: string): boolean {
  const plain = text.replaceAll(/\p{Cf}/gu, "");
  return FORMULA.test(plain) && CALL.test(plain);
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
