import { type LineEncoding, nextLine } from "./line-ends.ts";
import { type OpenFile, pieces } from "./open-file.ts";
import type { LinesResult } from "./types.ts";

/** Which lines to find, how many bytes of them, and whether to go on counting after them. */
export interface Wanted {
  readonly from: number;
  readonly to: number;
  readonly maxBytes: number;
  readonly countAll: boolean;
}

/** Finds where lines `from` to `to` lie while a file passes by, remembering only offsets. */
class LineFinder {
  readonly #wanted: Wanted;
  readonly #encoding: LineEncoding;
  /** Where the wanted lines start and stop; undefined until known. */
  start: number | undefined;
  stop: number | undefined;
  /** Lines ended so far, and where the last one of them did. */
  ends = 0;
  lastEnd = 0;
  /** Whole wanted lines, and where the last one of them ended. */
  count = 0;
  wholeEnd = 0;
  cut = false;

  constructor(encoding: LineEncoding, wanted: Wanted) {
    this.#encoding = encoding;
    this.#wanted = wanted;
    if (wanted.from === 1) this.start = 0;
  }

  get done(): boolean {
    return this.stop !== undefined && !this.#wanted.countAll;
  }

  /** Looks at the piece of the file that starts at `position`. */
  pass(piece: Buffer, position: number): void {
    let at = nextLine(piece, 0, this.#encoding);
    for (; at >= 0 && !this.done; at = nextLine(piece, at, this.#encoding))
      this.#lineEnded(position + at);
    this.#checkBudget(position + piece.length);
  }

  #lineEnded(offset: number): void {
    this.ends += 1;
    this.lastEnd = offset;
    if (this.ends === this.#wanted.from - 1) this.start = offset;
    if (this.start === undefined || offset === this.start || this.stop !== undefined) return;
    this.#checkBudget(offset);
    if (this.cut) return;
    this.count += 1;
    this.wholeEnd = offset;
    if (this.ends === this.#wanted.to) this.stop = offset;
  }

  #checkBudget(offset: number): void {
    const { maxBytes } = this.#wanted;
    if (this.start === undefined || this.stop !== undefined) return;
    if (offset - this.start <= maxBytes) return;
    this.cut = true;
    this.stop = this.count > 0 ? this.wholeEnd : this.start + maxBytes;
  }

  /** The file ended at `size`: a last line without a line end counts too. */
  finish(size: number): void {
    if (this.start !== undefined && this.stop === undefined) this.stop = size;
    if (size > this.lastEnd) this.ends += 1;
  }
}

/** Reads lines from the front of a file, stopping as soon as they are there unless all are to be counted. */
export async function linesBetween(
  file: OpenFile,
  encoding: LineEncoding,
  wanted: Wanted,
): Promise<LinesResult> {
  const finder = new LineFinder(encoding, wanted);
  let seen = 0;
  for await (const piece of pieces(file)) {
    finder.pass(piece, seen);
    seen += piece.length;
    if (finder.done) break;
  }
  const { start = seen, cut } = finder;
  const reachedEnd = !finder.done;
  if (reachedEnd) finder.finish(seen);
  const stop = finder.stop ?? start;
  const bytes = Buffer.allocUnsafe(stop - start);
  const length = await file.fill(bytes, start);
  return {
    bytes: bytes.subarray(0, length),
    encoding,
    count: stop > Math.max(finder.wholeEnd, start) ? finder.count + 1 : finder.count,
    from: wanted.from,
    total: reachedEnd ? finder.ends : undefined,
    more: stop < Math.max(seen, file.size),
    cut,
    size: Math.max(seen, file.size),
  };
}
