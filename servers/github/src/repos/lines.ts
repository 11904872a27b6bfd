/** Which lines of a text are wanted, counted from 1. */
export interface LineRange {
  readonly start_line?: number | undefined;
  readonly end_line?: number | undefined;
}

/** Lines of a text, and where they are in it. */
export interface Lines {
  readonly text: string;
  readonly start_line: number;
  readonly end_line: number;
  readonly total_lines: number;
  /** The line after the last one, where there was no room for all that were wanted. */
  readonly next_line?: number;
}

/** The wanted lines of a text, whole ones, up to `most` bytes of JSON; one at least, however long. */
export function linesOf(text: string, range: LineRange, most: number): Lines {
  const all = text.split(/(?<=\n)/);
  const start = Math.min(Math.max(range.start_line ?? 1, 1), all.length);
  const wanted = Math.max(start, Math.min(range.end_line ?? all.length, all.length));
  let room = most;
  let end = start - 1;
  for (const line of all.slice(start - 1, wanted)) {
    room -= Buffer.byteLength(JSON.stringify(line));
    if (room < 0 && end >= start) break;
    end++;
  }
  return {
    text: all.slice(start - 1, end).join(""),
    start_line: start,
    end_line: end,
    total_lines: all.length,
    ...(end < wanted && { next_line: end + 1 }),
  };
}
