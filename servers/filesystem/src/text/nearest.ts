const maxLinesCompared = 40;
const maxShownLines = 3;
const maxShownLength = 120;
const timeMs = 100;
const leastSimilarity = 0.4;

/**
 * Where a text that was not found comes closest to standing: the line numbers of the most similar
 * block and how its first differing lines differ, as `same[-wanted-]{+there+}same`.
 * A sentence beginning with a space, or "" when nothing is alike. Takes about 100 ms at most.
 */
export function nearestHint(content: string, wantedText: string): string {
  const lines = content.split("\n");
  const wanted = wantedText.split("\n");
  while (wanted.length > 1 && wanted.at(-1) === "") wanted.pop();
  const start = mostSimilarStart(lines, wanted.slice(0, maxLinesCompared));
  if (start === undefined) return "";
  const end = Math.min(start + wanted.length, lines.length);
  const where = end - start === 1 ? `line ${start + 1}` : `lines ${start + 1} to ${end}`;
  const shown = wanted
    .map((line, i) => ({ line, there: lines[start + i] ?? "", number: start + i + 1 }))
    .filter(({ line, there }) => line.trimStart() !== there.trimStart())
    .slice(0, maxShownLines)
    .map(({ line, there, number }) => `\n  line ${number}: ${markDifference(line, there)}`);
  return ` The closest is at ${where}; [-...-] is only in oldText, {+...+} only in the file:${shown.join("")}`;
}

function mostSimilarStart(lines: readonly string[], wanted: readonly string[]): number | undefined {
  const deadline = performance.now() + timeMs;
  const pairs = wanted.map((line) => pairsOf(line.trim()));
  const asked = pairs.reduce((sum, set) => sum + set.size, 0);
  const recent: Set<string>[] = [];
  let best: number | undefined;
  let bestScore = Math.max(1, asked * leastSimilarity);
  for (let start = 0; start < lines.length; start++) {
    if (start % 64 === 0 && performance.now() > deadline) break;
    while (recent.length < wanted.length && start + recent.length < lines.length) {
      recent.push(pairsOf(lines[start + recent.length]!.trim()));
    }
    const score = pairs.reduce((sum, set, i) => sum + sharedOf(set, recent[i]), 0);
    if (score > bestScore) {
      bestScore = score;
      best = start;
    }
    recent.shift();
  }
  return best;
}

/** The pairs of neighbouring characters of a line: two lines are alike when they share many. */
function pairsOf(line: string): Set<string> {
  const pairs = new Set<string>();
  const length = Math.min(line.length, 400);
  for (let i = 0; i + 1 < length; i++) pairs.add(line.slice(i, i + 2));
  if (length === 1) pairs.add(line);
  return pairs;
}

function sharedOf(wanted: ReadonlySet<string>, there: ReadonlySet<string> | undefined): number {
  if (there === undefined) return 0;
  let shared = 0;
  for (const pair of wanted) if (there.has(pair)) shared++;
  // What is only in the file counts against it, so that a short line is not "found" in a long one.
  return shared - 0.25 * Math.max(0, there.size - shared);
}

function markDifference(line: string, fileLine: string): string {
  const isIndentedAlike = indentationOf(line) === indentationOf(fileLine);
  const wanted = isIndentedAlike ? line : line.trimStart();
  const there = isIndentedAlike ? fileLine : fileLine.trimStart();
  const least = Math.min(wanted.length, there.length);
  let before = 0;
  while (before < least && wanted[before] === there[before]) before++;
  let after = 0;
  while (after < least - before && wanted.at(-after - 1) === there.at(-after - 1)) after++;
  const removed = shorten(wanted.slice(before, wanted.length - after));
  const added = shorten(there.slice(before, there.length - after));
  const marks = `${removed && `[-${removed}-]`}${added && `{+${added}+}`}`;
  const head = wanted.slice(0, before);
  const tail = wanted.slice(wanted.length - after);
  const near = maxShownLength / 3;
  return `${head.length > near ? `…${head.slice(-near)}` : head}${marks}${tail.length > near ? `${tail.slice(0, near)}…` : tail}`;
}

function indentationOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}

function shorten(text: string): string {
  return text.length > maxShownLength ? `${text.slice(0, maxShownLength)}…` : text;
}
