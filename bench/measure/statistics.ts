/** The middle of `values`; the lower of the two middles of an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
}

/** The median over rounds of a round's `ours / theirs`: what a whole round suffers cancels out. */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, round) => value / (theirs[round] ?? Number.NaN)));
}

/**
 * Runs `measure` for each subject in each round, in turn forwards and backwards, so that a slow drift of
 * the machine favours nobody. Returns each subject's figures by round.
 */
export async function interleave<Subject, Figure>(
  subjects: readonly Subject[],
  rounds: number,
  measure: (subject: Subject) => Promise<Figure>,
): Promise<Map<Subject, Figure[]>> {
  const figures = new Map<Subject, Figure[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? subjects : [...subjects].reverse();
    for (const subject of order) figures.get(subject)?.push(await measure(subject));
  }
  return figures;
}
