import { withLineFeeds } from "./line-endings.ts";

const timeMs = 500;
const contextLines = 3;
const maxCoarseLines = 200;

/**
 * The unified diff of two versions of a file, in a fence of back-ticks longer than any inside it.
 * Line endings are not compared. Two texts too different to compare in about half a second give one
 * hunk from the first to the last changed line, its middle left out.
 */
export async function fencedDiff(path: string, before: string, after: string): Promise<string> {
  const diff = await unifiedDiff(path, withLineFeeds(before), withLineFeeds(after));
  const longest = diff.match(/`{3,}/g)?.reduce((most, run) => Math.max(most, run.length), 2) ?? 2;
  const fence = "`".repeat(longest + 1);
  return `${fence}diff\n${diff}${fence}\n\n`;
}

async function unifiedDiff(path: string, before: string, after: string): Promise<string> {
  const { createTwoFilesPatch } = await import("diff");
  const headers = ["original", "modified"] as const;
  const exact = createTwoFilesPatch(path, path, before, after, ...headers, { timeout: timeMs });
  if (exact !== undefined) return exact;
  const header = createTwoFilesPatch(path, path, "", "", ...headers);
  return header + coarseHunk(before.split("\n"), after.split("\n"));
}

function coarseHunk(before: readonly string[], after: readonly string[]): string {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < least - head && before.at(-tail - 1) === after.at(-tail - 1)) tail++;
  const top = Math.max(0, head - contextLines);
  const below = Math.min(contextLines, tail);
  const removed = before.slice(head, before.length - tail);
  const added = after.slice(head, after.length - tail);
  const size = (count: number) => head - top + count + below;
  return [
    `@@ -${top + 1},${size(removed.length)} +${top + 1},${size(added.length)} @@`,
    ...before.slice(top, head).map((line) => ` ${line}`),
    ...shortened(removed, "-"),
    ...shortened(added, "+"),
    ...before.slice(before.length - tail, before.length - tail + below).map((line) => ` ${line}`),
    "",
  ].join("\n");
}

function shortened(lines: readonly string[], sign: string): string[] {
  const shown = lines.slice(0, maxCoarseLines).map((line) => sign + line);
  const left = lines.length - shown.length;
  return left > 0 ? [...shown, `${sign}... ${left} more lines`] : shown;
}
