const GOOGLE = "application/vnd.google-apps.";

/** MIME types Google has of its own. */
export const FOLDER: string = `${GOOGLE}folder`;
/** A file that only names another one. */
export const SHORTCUT: string = `${GOOGLE}shortcut`;

/** Whether a type is one of Google's own, which has no bytes but is exported. */
export const isGoogleType = (type: string): boolean => type.startsWith(GOOGLE);

/** What Google's own types are read as. */
const READ_AS: Readonly<Record<string, string>> = {
  [`${GOOGLE}document`]: "text/markdown",
  [`${GOOGLE}spreadsheet`]: "text/csv",
  [`${GOOGLE}presentation`]: "text/plain",
  [`${GOOGLE}drawing`]: "image/png",
  [`${GOOGLE}script`]: `${GOOGLE}script+json`,
};

/** What Google's own types are downloaded as. */
const DOWNLOADED_AS: Readonly<Record<string, Format>> = {
  [`${GOOGLE}document`]: "docx",
  [`${GOOGLE}spreadsheet`]: "xlsx",
  [`${GOOGLE}presentation`]: "pptx",
  [`${GOOGLE}drawing`]: "png",
};

/** What files can be exported as, by the endings of their names. */
export const FORMATS = {
  csv: "text/csv",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  epub: "application/epub+zip",
  html: "text/html",
  jpg: "image/jpeg",
  md: "text/markdown",
  odp: "application/vnd.oasis.opendocument.presentation",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
  odt: "application/vnd.oasis.opendocument.text",
  pdf: "application/pdf",
  png: "image/png",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  rtf: "application/rtf",
  svg: "image/svg+xml",
  tsv: "text/tab-separated-values",
  txt: "text/plain",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
} as const;

/** The ending of one. */
export type Format = keyof typeof FORMATS;

/** The type to read a file of Google's own type as; undefined where it cannot be read. */
export function readAs(type: string): string | undefined {
  return Object.hasOwn(READ_AS, type) ? READ_AS[type] : undefined;
}

/** The format to download a file of Google's own type in; undefined where it cannot be downloaded. */
export function downloadedAs(type: string): Format | undefined {
  return Object.hasOwn(DOWNLOADED_AS, type) ? DOWNLOADED_AS[type] : undefined;
}

/** A type in a word or two, for a sentence. */
export function kindOf(type: string): string {
  return isGoogleType(type) ? `a Google ${type.slice(GOOGLE.length)}` : `of type ${type}`;
}
