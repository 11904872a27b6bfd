import { seen, withoutInvisible } from "@portico/remote-api";
import { GoogleError } from "../google/error.ts";
import type { Google } from "../google/google.ts";
import { bytesOf, openContent, openExport } from "./body.ts";
import { decodeAs } from "./encoding.ts";
import type { Named } from "./files.ts";
import { FOLDER, FORMATS, isGoogleType, kindOf, readAs } from "./kinds.ts";

/** What is in a file: text, cleaned, or bytes, as of a picture. `mimeType` is what it was read as. */
export type Contents =
  | { readonly kind: "text"; readonly mimeType: string; readonly text: string }
  | { readonly kind: "bytes"; readonly mimeType: string; readonly bytes: Uint8Array<ArrayBuffer> };

/** Most bytes of a file to read text from; Google exports no more, either. */
const TEXT_BYTES = 10_000_000;

/** Most bytes of a picture to show to a model. */
const IMAGE_BYTES = 5_000_000;

const IMAGES = new Set(["image/png", "image/jpeg", "image/gif", "image/webp"]);

/** Kinds of bytes that hold no text worth fetching them for. */
const OPAQUE = /^(?:image|audio|video|font)\/|^application\/(?:zip|gzip|x-tar|x-7z|x-rar|vnd\.rar)/;

const SPREADSHEET = "application/vnd.google-apps.spreadsheet";

/** Types whose tags a person who reads them does not see. */
const MARKED_UP = new Set(["text/html", "text/markdown", "text/csv", "text/plain"]);

/**
 * Reads a file: Google's own as Markdown, CSV or text, Office files and PDF as text, pictures as they are.
 * @throws {GoogleError | OfficeError | RemoteError}
 */
export async function readContents(
  google: Google,
  named: Named,
  signal: AbortSignal,
): Promise<Contents> {
  const type = named.file.mimeType ?? "application/octet-stream";
  if (type === FOLDER) throw new GoogleError("That is a folder; look into it with list_folder.");
  if (isGoogleType(type)) return readGoogleType(google, named, type, signal);
  if (named.file.capabilities?.canDownload === false) {
    throw new GoogleError("The owner of the file does not let others download or copy it.");
  }
  const isImage = IMAGES.has(type);
  if (!isImage && OPAQUE.test(type)) {
    throw new GoogleError(
      `The file is ${kindOf(type)}, which is not read; get it with download_file.`,
    );
  }
  const response = await openContent(google, named.ref, signal);
  const bytes = await bytesOf(response, isImage ? IMAGE_BYTES : TEXT_BYTES);
  if (isImage) return { kind: "bytes", mimeType: type, bytes };
  return { kind: "text", mimeType: type, text: await textIn(bytes, type, signal) };
}

/**
 * The same for programs: what is neither Google's own nor text comes as its bytes.
 * @throws {GoogleError | RemoteError}
 */
export async function readAsIs(
  google: Google,
  named: Named,
  signal: AbortSignal,
): Promise<Contents> {
  const mimeType = named.file.mimeType ?? "application/octet-stream";
  if (isGoogleType(mimeType)) return readContents(google, named, signal);
  const bytes = await bytesOf(await openContent(google, named.ref, signal), TEXT_BYTES);
  const text =
    mimeType === FORMATS.pdf || IMAGES.has(mimeType) ? undefined : decodeAs(mimeType, bytes);
  if (text === undefined) return { kind: "bytes", mimeType, bytes };
  return { kind: "text", mimeType, text: await cleaned(text, mimeType) };
}

/**
 * Reads all sheets of a spreadsheet that are shown, with dates as numbers of days; of a CSV there is only the first.
 * @throws {GoogleError | OfficeError | RemoteError}
 */
export async function readAllSheets(
  google: Google,
  { file, ref }: Named,
  signal: AbortSignal,
): Promise<Contents> {
  if (file.mimeType !== SPREADSHEET) {
    throw new GoogleError("The file is no Google spreadsheet; leave all_sheets out.");
  }
  const response = await openExport(google, ref, FORMATS.xlsx, signal);
  const { workbookText } = await office();
  const text = await workbookText(await bytesOf(response, TEXT_BYTES));
  return { kind: "text", mimeType: "text/csv", text: withoutInvisible(text) };
}

async function readGoogleType(
  google: Google,
  { ref }: Named,
  type: string,
  signal: AbortSignal,
): Promise<Contents> {
  const mimeType = readAs(type);
  if (mimeType === undefined) {
    throw new GoogleError(
      `The file is ${kindOf(type)}, which cannot be read; open it in a browser.`,
    );
  }
  const response = await openExport(google, ref, mimeType, signal);
  const bytes = await bytesOf(response, TEXT_BYTES);
  if (IMAGES.has(mimeType)) return { kind: "bytes", mimeType, bytes };
  const text = new TextDecoder().decode(bytes);
  const clean = MARKED_UP.has(mimeType)
    ? await seen(withoutPictures(text))
    : withoutInvisible(text);
  return { kind: "text", mimeType, text: clean };
}

async function textIn(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  signal: AbortSignal,
): Promise<string> {
  const office = await officeText(bytes, type, signal);
  if (office !== undefined) return withoutInvisible(office);
  const text = decodeAs(type, bytes);
  if (text === undefined) {
    throw new GoogleError(`The file is ${kindOf(type)} and no text; get it with download_file.`);
  }
  return cleaned(text, type);
}

/** Of what a program shows as a page, hidden parts are left out, too; of source code nothing that can be seen. */
async function cleaned(text: string, type: string): Promise<string> {
  return type === "text/html" || type === "text/markdown" ? seen(text) : withoutInvisible(text);
}

const office = () => import("../office/readers.ts");

async function officeText(
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  if (type === FORMATS.docx) return (await office()).documentText(bytes);
  if (type === FORMATS.xlsx) return (await office()).workbookText(bytes);
  if (type === FORMATS.pptx) return (await office()).presentationText(bytes);
  if (type === FORMATS.pdf) return (await import("../office/pdf.ts")).pdfText(bytes, signal);
  return undefined;
}

/** Google puts the pictures of a document at the end of its Markdown, each as long as a book. */
function withoutPictures(markdown: string): string {
  return markdown.replace(/<?data:(image\/[\w.+-]+);base64,[A-Za-z0-9+/=]+>?/g, "<$1 left out>");
}
