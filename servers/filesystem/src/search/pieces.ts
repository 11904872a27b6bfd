import type { Encoding } from "../text/encoding.ts";

// Pieces of a file as bytes. UTF-16 pieces always begin at an even byte of the file.

/** The byte that ends a line in UTF-8. */
export const lineFeed = 0x0a;

/** Decodes a piece, bytes that are not valid becoming U+FFFD; a byte order mark at its start is dropped. */
export function decodePiece(piece: Buffer, encoding: Encoding): string {
  const text = decode(piece, encoding);
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function decode(piece: Buffer, encoding: Encoding): string {
  if (encoding === "utf-8") return piece.toString("utf8");
  const even = piece.subarray(0, piece.length - (piece.length % 2));
  if (encoding === "utf-16le") return even.toString("utf16le");
  return Buffer.from(even).swap16().toString("utf16le");
}

/** How many bytes the whole lines at the start of a piece take; 0 when not even one ends in it. */
export function lineEndBefore(piece: Buffer, encoding: Encoding): number {
  if (encoding === "utf-8") return piece.lastIndexOf(lineFeed) + 1;
  const unit = lineFeedUnit(encoding);
  let at = piece.lastIndexOf(unit);
  while (at > 0 && at % 2 === 1) at = piece.lastIndexOf(unit, at - 1);
  return at === -1 || at % 2 === 1 ? 0 : at + 2;
}

/** How many bytes of a piece to take so as not to part a character. */
export function characterEnd(piece: Buffer, encoding: Encoding): number {
  if (encoding !== "utf-8") return piece.length - (piece.length % 2);
  let end = piece.length;
  // A character has three bytes 10xxxxxx after its first one at most.
  while (end > piece.length - 4 && end > 1 && (piece[end - 1]! & 0xc0) === 0x80) end--;
  const isStart = (piece[end - 1]! & 0xc0) === 0xc0;
  return isStart && end > 1 ? end - 1 : piece.length;
}

/** How many lines end in a piece. */
export function countLineEnds(piece: Buffer, encoding: Encoding): number {
  let count = 0;
  for (let at = nextLineStart(piece, 0, encoding); at !== -1; ) {
    count++;
    at = nextLineStart(piece, at, encoding);
  }
  return count;
}

/** Where the line after `lines` lines of a piece starts; the end of the piece when it has no more. */
export function startOfLine(piece: Buffer, lines: number, encoding: Encoding): number {
  let at = 0;
  for (let i = 0; i < lines; i++) {
    at = nextLineStart(piece, at, encoding);
    if (at === -1) return piece.length;
  }
  return at;
}

function nextLineStart(piece: Buffer, from: number, encoding: Encoding): number {
  if (encoding === "utf-8") {
    const end = piece.indexOf(lineFeed, from);
    return end === -1 ? -1 : end + 1;
  }
  const unit = lineFeedUnit(encoding);
  let at = piece.indexOf(unit, from);
  while (at % 2 === 1) at = piece.indexOf(unit, at + 1);
  return at === -1 ? -1 : at + 2;
}

function lineFeedUnit(encoding: "utf-16le" | "utf-16be"): Buffer {
  return Buffer.from(encoding === "utf-16le" ? [lineFeed, 0] : [0, lineFeed]);
}
