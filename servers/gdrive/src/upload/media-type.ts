import { isGoogleType } from "../files/kinds.ts";
import { GoogleError } from "../google/error.ts";

/** Types by the ends of names. */
const TYPES: Readonly<Record<string, string>> = {
  csv: "text/csv",
  css: "text/css",
  doc: "application/msword",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  epub: "application/epub+zip",
  gif: "image/gif",
  gz: "application/gzip",
  htm: "text/html",
  html: "text/html",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  js: "text/javascript",
  json: "application/json",
  md: "text/markdown",
  mov: "video/quicktime",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  odp: "application/vnd.oasis.opendocument.presentation",
  ods: "application/vnd.oasis.opendocument.spreadsheet",
  odt: "application/vnd.oasis.opendocument.text",
  pdf: "application/pdf",
  png: "image/png",
  ppt: "application/vnd.ms-powerpoint",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  rtf: "application/rtf",
  svg: "image/svg+xml",
  tsv: "text/tab-separated-values",
  txt: "text/plain",
  wav: "audio/wav",
  webp: "image/webp",
  xls: "application/vnd.ms-excel",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  xml: "text/xml",
  yaml: "application/yaml",
  yml: "application/yaml",
  zip: "application/zip",
};

/** The type a name ends in; nothing for an end that is not known. */
export function mediaTypeOf(name: string): string | undefined {
  const end = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(TYPES, end) ? TYPES[end] : undefined;
}

/** What of Google's own an upload can become. */
export const KINDS = ["document", "spreadsheet", "presentation"] as const;

/** One of {@link KINDS}. */
export type Kind = (typeof KINDS)[number];

/** Google's types of them. */
export const NATIVE: Readonly<Record<Kind, string>> = {
  document: "application/vnd.google-apps.document",
  spreadsheet: "application/vnd.google-apps.spreadsheet",
  presentation: "application/vnd.google-apps.presentation",
};

/** How a text for one of them is written when nothing else is said. */
export const WRITTEN_AS: Readonly<Record<Kind, string>> = {
  document: "text/markdown",
  spreadsheet: "text/csv",
  presentation: "text/plain",
};

/**
 * Checks a type that a caller names for content.
 * @throws {GoogleError} for what is no type, and for Google's own, which nothing but a conversion makes
 */
export function checkType(text: string): string {
  const type = text.trim().toLowerCase();
  if (/^[\w.+-]+\/[\w.+-]+$/.test(type) && !isGoogleType(type)) return type;
  throw new GoogleError(
    "mime_type is a type such as text/csv, without parameters; Google's own come from convert_to.",
  );
}

/** What of Google's own a type is; nothing for all other types. */
export function kindOfNative(mimeType: string): Kind | undefined {
  return KINDS.find((kind) => NATIVE[kind] === mimeType);
}

/** Whether what has this type is written as text. */
export function isTextual(mimeType: string | undefined): boolean {
  return /^text\/|^application\/(json|xml|yaml|javascript|.*\+(xml|json))$|^image\/svg\+xml$/.test(
    mimeType ?? "",
  );
}

const SOURCES: Readonly<Record<Kind, RegExp>> = {
  document:
    /^(text\/(plain|markdown|html)|application\/(rtf|pdf|msword)|image\/(png|jpeg|gif)|.*(wordprocessingml\.document|opendocument\.text))$/,
  spreadsheet:
    /^(text\/(csv|tab-separated-values)|application\/vnd\.ms-excel|.*(spreadsheetml\.sheet|opendocument\.spreadsheet))$/,
  presentation:
    /^(application\/vnd\.ms-powerpoint|.*(presentationml\.presentation|opendocument\.presentation))$/,
};

const NAMED: Readonly<Record<Kind, string>> = {
  document: "Markdown, HTML, plain text, Word, OpenDocument, RTF, PDF and pictures",
  spreadsheet: "CSV, TSV, Excel and OpenDocument",
  presentation: "PowerPoint and OpenDocument",
};

/** Bytes Drive converts at most. */
const MOST_BYTES: Readonly<Record<Kind, number>> = {
  document: 50_000_000,
  spreadsheet: 100_000_000,
  presentation: 100_000_000,
};

/**
 * Checks that Drive can convert a type, and this much of it.
 * @throws {GoogleError} with what it converts instead
 */
export function checkConversion(mimeType: string, kind: Kind, bytes: number): void {
  const most = MOST_BYTES[kind];
  if (bytes > most) {
    throw new GoogleError(
      `Drive makes a ${kind} of at most ${most / 1_000_000} MB; keep the file as it is, or divide it.`,
    );
  }
  if (SOURCES[kind].test(mimeType)) return;
  throw new GoogleError(`Drive makes a ${kind} of ${NAMED[kind]}, not of ${mimeType}.`);
}
