import { detectFormat, type Encoding } from "../text/encoding.ts";
import type { Budget } from "./budget.ts";
import type { OpenFile } from "./folder.ts";
import { type FoundLine, LineMatches, type MatchOptions } from "./line-matches.ts";
import {
  characterEnd,
  countLineEnds,
  decodePiece,
  lineEndBefore,
  lineFeed,
  startOfLine,
} from "./pieces.ts";
import type { StopReason } from "./stopped.ts";
import type { TextPattern } from "./text-pattern.ts";

/** A place in a file: a byte, and the number of the line it belongs to. */
export interface FilePosition {
  readonly offset: number;
  readonly line: number;
}

/** What a search of one file gave. */
export interface FileSearch {
  readonly lines: readonly FoundLine[];
  /** How many lines matched. */
  readonly count: number;
  /** Why it ended before the end of the file, and where to go on. */
  readonly stopped?: { readonly reason: StopReason; readonly next: FilePosition };
}

/** How many bytes the buffer for {@link searchFile} has. */
export const bufferBytes = 262_144;

const sampleBytes = 8192;

/**
 * Searches one open file line by line, in pieces no larger than the buffer; a longer line is searched
 * in parts, and a match across two of them is missed. Returns `undefined` for a binary file.
 */
export async function searchFile(
  file: OpenFile,
  pattern: TextPattern,
  options: MatchOptions & { readonly from: FilePosition },
  budget: Budget,
  buffer: Buffer,
): Promise<FileSearch | undefined> {
  const length = await file.read(buffer, 0);
  budget.spend(length);
  const encoding = detectFormat(buffer.subarray(0, Math.min(length, sampleBytes)))?.encoding;
  if (encoding === undefined) return undefined;
  const search = new FileSearcher(file, pattern, options, budget, buffer, encoding);
  return search.run(options.from.offset === 0 ? length : 0);
}

class FileSearcher {
  readonly #file: OpenFile;
  readonly #pattern: TextPattern;
  readonly #budget: Budget;
  readonly #buffer: Buffer;
  readonly #encoding: Encoding;
  readonly #matches: LineMatches;
  readonly #pieceBytes: number;
  /** Where the file is read next, and whether that is the end of it. */
  #readAt: number;
  #atEnd = false;
  /** The part of the buffer that was read and not searched yet. */
  #start = 0;
  #end = 0;
  #line: number;
  /** Characters of the current line that were searched already, when it is too long for one piece. */
  #columns = 0;
  /** Where to go on after the last match there is room for. */
  #afterLast: FilePosition | undefined;

  constructor(
    file: OpenFile,
    pattern: TextPattern,
    options: MatchOptions & { readonly from: FilePosition },
    budget: Budget,
    buffer: Buffer,
    encoding: Encoding,
  ) {
    this.#file = file;
    this.#pattern = pattern;
    this.#budget = budget;
    this.#buffer = buffer;
    this.#encoding = encoding;
    this.#matches = new LineMatches(pattern, options);
    const width = encoding === "utf-8" ? 1 : 2;
    this.#pieceBytes = Math.min(buffer.length, pattern.maxCharacters * width);
    this.#readAt = options.from.offset;
    this.#line = options.from.line;
  }

  async run(alreadyRead: number): Promise<FileSearch> {
    this.#end = alreadyRead;
    this.#readAt += alreadyRead;
    for (;;) {
      if (this.#end - this.#start < this.#pieceBytes) await this.#fill();
      if (this.#end === this.#start) return this.#result();
      if (this.#matches.full) return this.#result();
      const reason = this.#budget.spent;
      if (reason !== undefined) return this.#result(reason);
      const pause = this.#budget.breathe();
      if (pause !== undefined) await pause;
      this.#searchPiece();
    }
  }

  #result(reason?: "time" | "bytes"): FileSearch {
    const { lines, count } = this.#matches;
    const unsearched = this.#readAt - (this.#end - this.#start);
    if (this.#afterLast !== undefined) {
      const isEnd = this.#exhausted && this.#afterLast.offset >= this.#readAt;
      return isEnd
        ? { lines, count }
        : { lines, count, stopped: { reason: "limit", next: this.#afterLast } };
    }
    if (reason === undefined) return { lines, count };
    return { lines, count, stopped: { reason, next: { offset: unsearched, line: this.#line } } };
  }

  get #exhausted(): boolean {
    return this.#atEnd || (this.#file.size > 0 && this.#readAt >= this.#file.size);
  }

  async #fill(): Promise<void> {
    this.#buffer.copyWithin(0, this.#start, this.#end);
    this.#end -= this.#start;
    this.#start = 0;
    while (this.#end < this.#buffer.length && !this.#exhausted) {
      const length = await this.#file.read(this.#buffer.subarray(this.#end), this.#readAt);
      this.#budget.spend(length);
      this.#atEnd = length === 0;
      this.#readAt += length;
      this.#end += length;
    }
  }

  #searchPiece(): void {
    const piece = this.#nextPiece();
    this.#line += this.#skips(piece)
      ? countLineEnds(piece, this.#encoding)
      : this.#searchText(piece);
    this.#start += piece.length;
  }

  /** The next whole lines, or the next part of a line that is longer than a piece. */
  #nextPiece(): Buffer {
    const available = this.#buffer.subarray(this.#start, this.#end);
    if (this.#exhausted && available.length <= this.#pieceBytes) return available;
    const most = available.subarray(0, this.#pieceBytes);
    const end = lineEndBefore(most, this.#encoding) || characterEnd(most, this.#encoding);
    return most.subarray(0, end);
  }

  /** Whether the bytes alone say that the piece has nothing to show. */
  #skips(piece: Buffer): boolean {
    const { bytes } = this.#pattern;
    if (bytes === undefined || this.#encoding !== "utf-8") return false;
    // The characters of a line that goes on in the next piece must be counted.
    if (piece.at(-1) !== lineFeed && !this.#exhausted) return false;
    return this.#matches.needsOnlyMatches && !piece.includes(bytes);
  }

  /** Returns how many lines ended in the piece. */
  #searchText(piece: Buffer): number {
    const text = decodePiece(piece, this.#encoding);
    const { lines, lastMatch } = this.#matches.add(text, this.#line, this.#columns);
    if (lastMatch !== undefined) {
      const pieceAt = this.#readAt - (this.#end - this.#start);
      const offset = pieceAt + startOfLine(piece, lastMatch + 1, this.#encoding);
      this.#afterLast = { offset, line: this.#line + lastMatch + 1 };
    }
    const lastLine = text.lastIndexOf("\n") + 1;
    this.#columns = text.length - lastLine + (lastLine === 0 ? this.#columns : 0);
    return lastLine === text.length ? lines : lines - 1;
  }
}
