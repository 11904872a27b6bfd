import type { Confinement } from "./confinement.ts";
import { SandboxError } from "./errors.ts";
import type { LineEncoding } from "./line-ends.ts";
import { lastLines } from "./lines-backward.ts";
import { linesBetween } from "./lines-forward.ts";
import { type OpenFile, openFile } from "./open-file.ts";
import type { LineRange, LinesResult, Place } from "./types.ts";

/** How much to read for a line-wise read. */
export interface LineOptions {
  /** The most bytes to hand out, default 10 MiB. Cut at the end of a line where one fits. */
  readonly maxBytes?: number;
  /** Go on to the end of the file to learn `total`, default false. */
  readonly countAll?: boolean;
}

const defaultBudget = 10 * 1024 * 1024;

/** Reads whole lines without loading the rest of the file; a file of any size in constant memory. */
export async function readLines(
  confinement: Confinement,
  place: Place,
  range: LineRange,
  { maxBytes = defaultBudget, countAll = false }: LineOptions,
): Promise<LinesResult> {
  checkRange(range);
  using held = await confinement.hold(place);
  await using file = await openFile(held);
  const encoding = await sniff(file);
  if ("tail" in range) return await lastLines(file, encoding, range.tail, maxBytes);
  const from = "from" in range ? range.from : 1;
  const to = "from" in range ? (range.to ?? Number.POSITIVE_INFINITY) : range.head;
  return await linesBetween(file, encoding, { from, to, maxBytes, countAll });
}

function checkRange(range: LineRange): void {
  for (const value of Object.values(range))
    if (value !== undefined && (!Number.isSafeInteger(value) || value < 1))
      throw invalid("Line numbers and counts are whole numbers, 1 or more.");
  if ("from" in range && range.to !== undefined && range.to < range.from)
    throw invalid("The last line asked for comes before the first one; swap them.");
}

function invalid(sentence: string): SandboxError {
  return new SandboxError("invalid-argument", sentence);
}

async function sniff(file: OpenFile): Promise<LineEncoding> {
  const mark = new Uint8Array(2);
  if ((await file.fill(mark, 0)) < 2) return "bytes";
  if (mark[0] === 0xff && mark[1] === 0xfe) return "utf-16le";
  return mark[0] === 0xfe && mark[1] === 0xff ? "utf-16be" : "bytes";
}
