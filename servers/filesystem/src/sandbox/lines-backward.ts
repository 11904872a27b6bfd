import { type LineEncoding, nextLine } from "./line-ends.ts";
import type { OpenFile } from "./open-file.ts";
import type { LinesResult } from "./types.ts";

const blockSize = 64 * 1024;

/** Offsets at which a line starts within the block at `position`, last first; offset 0 is one of them. */
async function lineStarts(
  file: OpenFile,
  encoding: LineEncoding,
  position: number,
): Promise<number[]> {
  const block = Buffer.allocUnsafe(Math.min(blockSize, file.size - position));
  const read = block.subarray(0, await file.fill(block, position));
  const starts = position === 0 ? [0] : [];
  for (let at = nextLine(read, 0, encoding); at >= 0; at = nextLine(read, at, encoding))
    starts.push(position + at);
  return starts.reverse();
}

/** Reads the last `wanted` lines, from the end of the file backwards. */
export async function lastLines(
  file: OpenFile,
  encoding: LineEncoding,
  wanted: number,
  maxBytes: number,
): Promise<LinesResult> {
  const earliest = Math.max(0, file.size - maxBytes);
  let start = file.size;
  let count = 0;
  let cut = false;
  // Blocks lie on multiples of their size, so that 16-bit units are never split.
  let block = Math.floor(Math.max(0, file.size - 1) / blockSize) * blockSize;
  search: for (; block >= 0 && file.size > 0; block -= blockSize) {
    for (const lineStart of await lineStarts(file, encoding, block)) {
      // A line end that ends the file begins no further line.
      if (lineStart === file.size) continue;
      cut = lineStart < earliest;
      if (cut) break search;
      start = lineStart;
      count += 1;
      if (count === wanted) break search;
    }
    cut = block < earliest;
    if (cut) break;
  }
  // Not even one line fits: its end is more use than nothing.
  if (cut && count === 0) start = earliest + (encoding === "bytes" ? 0 : earliest % 2);
  const bytes = Buffer.allocUnsafe(file.size - start);
  const length = await file.fill(bytes, start);
  return {
    bytes: bytes.subarray(0, length),
    encoding,
    count: Math.max(count, length > 0 ? 1 : 0),
    total: start === 0 ? count : undefined,
    more: start > 0,
    cut,
    size: file.size,
  };
}
