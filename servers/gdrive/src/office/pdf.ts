import { OfficeError } from "./error.ts";

const MOST_PAGES = 1_000;

/** Enough of a book; more is not read at once anyway. */
const MOST_CHARACTERS = 3_000_000;

/**
 * The text of a PDF, page by page. One that holds scanned pages has none.
 * @throws {OfficeError} when it cannot be read
 */
export async function pdfText(
  bytes: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<string> {
  const { getDocument } = await import("unpdf/pdfjs");
  const settings = { data: bytes, verbosity: 0, isEvalSupported: false, disableFontFace: true };
  const pdf = await getDocument(settings).promise.catch(() => {
    throw new OfficeError(
      "The PDF is damaged or protected by a password; get it with download_file.",
    );
  });
  try {
    const texts: string[] = [];
    let characters = 0;
    for (let number = 1; number <= Math.min(pdf.numPages, MOST_PAGES); number++) {
      signal.throwIfAborted();
      const page = await pdf.getPage(number);
      const { items } = await page.getTextContent();
      const text = items
        .map((item) => ("str" in item ? item.str + (item.hasEOL ? "\n" : "") : ""))
        .join("");
      texts.push(`## Page ${number}\n\n${text}`);
      characters += text.length;
      page.cleanup();
      if (characters > MOST_CHARACTERS) break;
    }
    if (characters > 0) return texts.join("\n\n");
    throw new OfficeError(
      "The PDF holds no text, perhaps scanned pages; get it with download_file.",
    );
  } finally {
    await pdf.loadingTask.destroy();
  }
}
