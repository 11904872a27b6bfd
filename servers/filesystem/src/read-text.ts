import { ANSWER_BYTES, MEDIA_BYTES } from "./budget.ts";
import { contentHash, type LineRange, type Place, type Sandbox } from "./sandbox/index.ts";
import { decodeForReading } from "./text/encoding.ts";

/** Text read from a file, and what is missing of it. */
export interface TextRead {
  readonly content: string;
  /** SHA-256 of the whole file; absent where it would take long to find out. */
  readonly hash?: string;
  /** Number of the first line that was left out; absent when everything wanted is here. */
  readonly nextLine?: number;
  readonly totalLines?: number;
  /** What the reader should know about the text. */
  readonly note?: string;
}

const DAMAGED = "Some bytes are not valid text and are shown as \uFFFD.";

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

/** Reads lines of a text file, as many as fit the budget. */
export async function readLines(
  files: Sandbox,
  place: Place,
  range: LineRange,
  maxBytes = ANSWER_BYTES,
): Promise<TextRead> {
  // First the hash: when the file changes in between, a write that expects it is refused, not let through.
  const hash = await hashOf(files, place);
  const { bytes, count, from, total, cut } = await files.readLines(place, range, { maxBytes });
  const { text, damaged } = decodeForReading(bytes);
  const next = cut && from !== undefined ? from + count : undefined;
  const notes = [
    ...(next !== undefined ? [`Stopped at the size limit; go on with startLine ${next}.`] : []),
    ...(cut && next === undefined ? ["Stopped at the size limit; ask for fewer lines."] : []),
    ...(count === 0 && total ? [`The file has ${total} lines and none there.`] : []),
    ...(damaged ? [DAMAGED] : []),
  ];
  return {
    content: text.replace(/\r?\n$/, ""),
    ...(hash !== undefined && { hash }),
    ...(next !== undefined && { nextLine: next }),
    ...(total !== undefined && { totalLines: total }),
    ...(notes.length > 0 && { note: notes.join(" ") }),
  };
}

async function hashOf(files: Sandbox, place: Place): Promise<string | undefined> {
  const { size, type } = await files.info(place);
  return type === "file" && size <= MEDIA_BYTES ? files.hash(place) : undefined;
}
