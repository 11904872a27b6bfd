import type { LinesResult } from "./types.ts";

/** How lines are cut: a line feed is one byte, or one 16-bit unit in a file that starts with such a mark. */
export type LineEncoding = LinesResult["encoding"];

/** Where the next line starts after `at`, or -1 when no line ends in the rest of `piece`. Pieces start on a unit. */
export function nextLine(piece: Buffer, at: number, encoding: LineEncoding): number {
  if (encoding === "bytes") return piece.indexOf(10, at) + 1 || -1;
  const low = encoding === "utf-16le" ? 0 : 1;
  for (let found = piece.indexOf(10, at); found >= 0; found = piece.indexOf(10, found + 1)) {
    const unit = found - low;
    if (unit % 2 === 0 && piece[unit + 1 - low] === 0 && unit + 2 <= piece.length) return unit + 2;
  }
  return -1;
}
