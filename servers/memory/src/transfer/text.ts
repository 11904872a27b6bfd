import { GraphError } from "../graph/error.ts";

/** Most characters that are held at once; a string of JavaScript has no room for many more. */
const MOST = 256 * 1024 * 1024;

/** A text from its pieces. @throws {GraphError} `too-large` */
export async function textIn(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) {
    text += piece;
    if (text.length > MOST) {
      throw new GraphError("too-large", "This is too much JSON to read at once; use jsonl.");
    }
  }
  return text;
}

/** Lines without their ends, from pieces of any size; a mark of the byte order is none of the text. */
export async function* linesIn(pieces: AsyncIterable<string>): AsyncIterable<string> {
  let open = "";
  let isFirst = true;
  for await (const piece of pieces) {
    const lines = (open + (isFirst ? piece.replace(/^\ufeff/, "") : piece)).split("\n");
    isFirst = isFirst && piece === "";
    open = lines.pop() ?? "";
    for (const line of lines) yield line.replace(/\r$/, "");
  }
  yield open.replace(/\r$/, "");
}

/** The text of bytes in UTF-8; what is none becomes the replacement character. */
export async function* decoded(bytes: AsyncIterable<Uint8Array>): AsyncIterable<string> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  for await (const some of bytes) yield decoder.decode(some, { stream: true });
  yield decoder.decode();
}

/** Characters of a text that are read in one go. */
const PIECE = 64 * 1024;

/** A text in pieces, between which others get their turn. */
export async function* inPieces(text: string): AsyncIterable<string> {
  const whole = text.toWellFormed();
  for (let from = 0; from < whole.length; from += PIECE) {
    yield whole.slice(from, from + PIECE);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
