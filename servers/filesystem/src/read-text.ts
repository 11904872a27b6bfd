import { ANSWER_BYTES } from "./budget.ts";
import { contentHash, type LineRange, type Place, type Sandbox } from "./sandbox/index.ts";
import { decodeForReading } from "./text/encoding.ts";

/** Text read from a file, and what is missing of it. */
export interface TextRead {
  readonly content: string;
  /** SHA-256 of the whole file; absent when only a part was read. */
  readonly hash?: string;
  /** Number of the first line that was left out; absent when everything wanted is here. */
  readonly nextLine?: number;
  readonly totalLines?: number;
  /** What the model should know about the text. */
  readonly note?: string;
}

/** Reads a whole text file, or as many of its first lines as fit the budget. */
export async function readWhole(
  files: Sandbox,
  place: Place,
  maxBytes = ANSWER_BYTES,
): Promise<TextRead> {
  const { bytes, more } = await files.readBytes(place, { maxBytes });
  if (more) return readLines(files, place, { from: 1 }, maxBytes);
  const { text, damaged } = decodeForReading(bytes);
  return {
    content: text,
    hash: await contentHash(bytes),
    ...(damaged && { note: DAMAGED }),
  };
}

const DAMAGED = "Some bytes are not valid text and are shown as \uFFFD.";

/** Reads lines of a text file, as many as fit the budget. */
export async function readLines(
  files: Sandbox,
  place: Place,
  range: LineRange,
  maxBytes = ANSWER_BYTES,
): Promise<TextRead> {
  const lines = await files.readLines(place, range, { maxBytes });
  const { bytes, count, from, total, cut } = lines;
  const { text, damaged } = decodeForReading(bytes);
  const next = cut && from !== undefined ? from + count : undefined;
  const notes = [
    ...(next !== undefined ? [`Stopped at the size limit; go on with startLine ${next}.`] : []),
    ...(cut && next === undefined ? ["Stopped at the size limit; ask for fewer lines."] : []),
    ...(damaged ? [DAMAGED] : []),
  ];
  return {
    content: withoutLastLineEnd(text),
    ...(next !== undefined && { nextLine: next }),
    ...(total !== undefined && { totalLines: total }),
    ...(notes.length > 0 && { note: notes.join(" ") }),
  };
}

function withoutLastLineEnd(text: string): string {
  return text.replace(/\r?\n$/, "");
}
