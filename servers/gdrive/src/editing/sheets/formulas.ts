/** A value of a cell as it is written; null leaves a cell as it is. */
export type Cell = string | number | boolean | null;

/**
 * Functions by which a spreadsheet reaches out when it is opened, or makes whoever reads it do so: what is in their
 * arguments, such as other cells, leaves with the address. Names that Google translates are there translated.
 */
const REACHING = [
  "IMPORT[A-Z]*",
  "WEBSERVICE",
  "IMAGE",
  "IMAGEN",
  "IMAGEM",
  "IMMAGINE",
  "BILD",
  "AFBEELDING",
  "OBRAZ",
  "HYPERLINK",
  "HIPERLINK",
  "HIPERV[IÍ]NCULO",
  "LIEN[._]HYPERTEXTE",
  "COLLEGAMENTO[._]IPERTESTUALE",
  "HIPER[LŁ][AĄ]CZE",
  "ГИПЕРССЫЛКА",
];

// No bracket is asked for: a name that stands alone may be handed to LAMBDA or MAP and called there.
const NAMES = new RegExp(`(?<![\\p{L}\\p{N}])(?:${REACHING.join("|")})(?![\\p{L}\\p{N}_])`, "giu");

/** What a sheet, or a program the sheet is exported to, takes for the beginning of a formula. */
const BEGINNING = /^[=+\-@{]/;

/** Whether Sheets may take a value for a formula, were it typed. A number or a date with a sign is none. */
export function isFormula(cell: Cell): boolean {
  if (typeof cell !== "string") return false;
  const text = plain(cell, "").replace(/^[\s\p{Cc}]+/u, "");
  return BEGINNING.test(text) && !/^[+-]?[\d.,\s%/:-]+$/.test(text);
}

/** The functions in values that reach out of the spreadsheet, in upper case, each once. */
export function reachingFunctions(values: readonly (readonly Cell[])[]): string[] {
  const formulas = values.flat().filter(isFormula) as string[];
  // What nobody sees may stand inside of a name, or between two.
  const spelled = formulas.flatMap((formula) => [plain(formula, ""), plain(formula, " ")]);
  const found = spelled.flatMap((formula) => formula.match(NAMES) ?? []);
  return [...new Set(found.map((name) => name.toUpperCase()))];
}

/** Without what spells the same in another way: wide letters, and characters nobody sees. */
function plain(text: string, instead: string): string {
  return text.normalize("NFKC").replaceAll(/\p{Cf}|\p{Mn}/gu, instead);
}
