/** A text from its pieces. */
export async function textIn(pieces: AsyncIterable<string>): Promise<string> {
  let text = "";
  for await (const piece of pieces) text += piece;
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
